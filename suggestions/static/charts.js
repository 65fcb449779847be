// Draws every chart of the page from its data-chart; its table stands below and is what there is without a script.
(function () {
  "use strict";

  // The library writes style attributes, which the content security policy forbids; set the same as properties.
  const write = Element.prototype.setAttribute;
  SVGElement.prototype.setAttribute = function (name, value) {
    if (name === "style") this.style.cssText = value;
    else write.call(this, name, value);
  };

  const root = document.documentElement;
  const css = getComputedStyle(root);
  const token = (name) => css.getPropertyValue(name).trim();
  const scale = parseFloat(token("--scale")) || 1;
  const isDark = root.classList.contains("contrast");
  const ink = token("--ink"), ink2 = token("--ink-2"), line = token("--line");
  const tones = {
    strong: { color: "#1f3f66" },
    plain: { color: isDark ? "#3f6da3" : "#8fb0d6" },
    done: { color: "#5f7f5f", dash: "dashed" },
    over: { color: "#c9201b" },
    near: { color: "#e8a600" },
    ok: { color: "#8fb0d6" },
  };
  const tone = (name) => tones[name] || tones.plain;
  const font = (size) => ({ fontFamily: token("--font-ui") || "sans-serif", fontSize: Math.round(size * scale), color: ink2 });
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const plain = { show: false };

  function options(chart, isNarrow) {
    const isLying = chart.form !== "line";
    const names = { type: "category", data: chart.labels, axisTick: plain, axisLine: { lineStyle: { color: ink2 } }, axisLabel: { ...font(13), interval: isLying ? 0 : "auto", width: isNarrow ? 96 : 150, overflow: isLying ? "break" : "none" } };
    const numbers = { type: "value", minInterval: 1, splitLine: { lineStyle: { color: line } }, axisLabel: font(12), splitNumber: isNarrow ? 3 : 5 };
    const series = chart.series.map((each, at) => ({
      name: each.name,
      type: isLying ? "bar" : "line",
      data: each.values.map((value) => (chart.form === "stack" && !value ? null : value)),
      stack: chart.form === "stack" ? "all" : undefined,
      step: isLying ? undefined : false,
      symbolSize: 7,
      barMaxWidth: 26,
      itemStyle: { color: tone(each.tone).color, borderColor: "#fff", borderWidth: chart.form === "stack" ? 1 : 0 },
      lineStyle: { width: at === 1 ? 3 : 2, type: tone(each.tone).dash || "solid" },
      label: { show: isLying, position: chart.form === "stack" ? "inside" : "right", ...font(12), color: chart.form === "stack" && each.tone === "over" ? "#fff" : ink },
      endLabel: { show: !isLying, formatter: "{a} {c}", ...font(13), color: ink },
      labelLayout: { moveOverlap: "shiftY" },
    }));
    return {
      animation: !isCalm,
      animationDuration: 300,
      grid: { left: 8, right: isLying ? 40 : 84 * scale, top: chart.series.length > 1 && isLying ? 36 * scale : 16, bottom: 8, containLabel: true },
      legend: { show: chart.series.length > 1 && isLying, top: 0, left: 0, itemWidth: 14, textStyle: font(13), selectedMode: false },
      tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: isLying ? "shadow" : "line" }, textStyle: { ...font(13), color: ink }, valueFormatter: (value) => (value || 0) + chart.unit },
      xAxis: isLying ? numbers : names,
      yAxis: isLying ? { ...names, inverse: true } : numbers,
      series: series,
    };
  }

  function draw(box) {
    const chart = JSON.parse(box.dataset.chart);
    const rows = chart.form === "line" ? 0 : chart.labels.length * (chart.form === "stack" ? 1 : chart.series.length);
    box.hidden = false;
    box.style.blockSize = (rows ? Math.max(160, 60 + rows * 30 + (chart.form === "stack" ? rows * 8 : 0)) : 260) * Math.sqrt(scale) + "px";
    const drawn = echarts.init(box, null, { renderer: "svg" });
    const fit = () => drawn.setOption(options(chart, box.clientWidth < 480));
    fit();
    new ResizeObserver(() => { drawn.resize(); fit(); }).observe(box);
    const table = box.parentElement.querySelector("details");
    if (table) table.open = false;
  }

  if (typeof echarts !== "undefined") document.querySelectorAll("[data-chart]").forEach(draw);
})();
