namespace Armature.Rendering.Output;

/// <summary>How far the pre-rendering of a site is.</summary>
/// <param name="Done">Pages that are done: rendered, taken over from the last run, or failed.</param>
/// <param name="Failed">Pages of them that failed.</param>
/// <param name="Known">Pages that are known of.</param>
/// <param name="IsKnownTotal">False while a crawl may find further pages.</param>
/// <param name="PagesPerSecond">Pages done a second, since the first.</param>
public readonly record struct PreRenderProgress(int Done, int Failed, int Known, bool IsKnownTotal, double PagesPerSecond);
