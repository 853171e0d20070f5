using Armature.Rendering.Output;
using Armature.Terminal;

namespace Armature.Rendering;

/// <summary>Shows how far the pages are.</summary>
internal sealed class RenderProgress(IProgress<ProgressSnapshot> progress) : IProgress<PreRenderProgress>
{
    public void Report(PreRenderProgress value) =>
        progress.Report(new ProgressSnapshot(value.Known, value.Done - value.Failed, value.Failed, []) { IsTotalKnown = value.IsKnownTotal });
}
