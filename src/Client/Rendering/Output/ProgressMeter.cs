namespace Armature.Rendering.Output;

/// <summary>Counts pages that are done and tells of them, in one place at a time.</summary>
internal sealed class ProgressMeter(IProgress<PreRenderProgress>? progress, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly long _started = timeProvider.GetTimestamp();
    private int _done;
    private int _failed;
    private int _known;
    private bool _isKnownTotal;

    /// <summary>Notes how many pages are known of.</summary>
    public void Know(int pages, bool isTotal)
    {
        lock (_lock)
        {
            (_known, _isKnownTotal) = (pages, isTotal);
        }
    }

    /// <summary>Notes that a page is done.</summary>
    public void Finish(bool hasFailed)
    {
        lock (_lock)
        {
            _done++;
            _failed += hasFailed ? 1 : 0;
            var seconds = timeProvider.GetElapsedTime(_started).TotalSeconds;
            progress?.Report(new(_done, _failed, _known, _isKnownTotal, seconds > 0 ? _done / seconds : 0));
        }
    }
}
