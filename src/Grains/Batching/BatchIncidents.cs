using Microsoft.Extensions.Logging;

namespace Armature.Batching;

/// <summary>
/// What went otherwise than planned in a batch: written to the log with the batch's id, counted in the metrics, and summed up for the
/// batch's status. Used on the coordinator's scheduler only.
/// </summary>
internal sealed partial class BatchIncidents(string batchId, ILogger logger)
{
    private int _untold;

    /// <summary>Items that failed and ran again, each time counted.</summary>
    public int Retried { get; private set; }

    /// <summary>Items that were late and were started a second time.</summary>
    public int Reissued { get; private set; }

    /// <summary>Items that were on a silo when it died.</summary>
    public int Suspected { get; private set; }

    public void OnJoined(SiloLanes silo)
    {
        BatchingInstruments.OnSiloJoined();
        LogJoined(logger, silo.Name, batchId);
    }

    public void OnLeft(SiloLanes silo)
    {
        BatchingInstruments.OnSiloLeft();
        LogLeft(logger, silo.Name, batchId, silo.RunningItems);
    }

    public void OnRetried(Work work, SiloLanes silo)
    {
        Retried += work.Items.Count;
        BatchingInstruments.OnItemsRetried(work.Items.Count);
        LogRetried(logger, work.Items.Count, silo.Name, batchId, work.Attempt);
    }

    public void OnReissued(Work work, SiloLanes late, SiloLanes idle)
    {
        Reissued += work.Items.Count;
        BatchingInstruments.OnItemsReissued(work.Items.Count);
        LogReissued(logger, work.Items.Count, late.Name, batchId, idle.Name);
    }

    public void OnSuspected(int items)
    {
        Suspected += items;
        BatchingInstruments.OnItemsSuspected(items);
        _untold += items;
    }

    /// <summary>Writes to the log of the items that became suspect since it did so last, if any.</summary>
    public void TellSuspected()
    {
        if (_untold > 0)
        {
            LogSuspected(logger, _untold, batchId);
            _untold = 0;
        }
    }

    public void OnCondemned(int item, SiloAddress silo, int deaths)
    {
        BatchingInstruments.OnItemCondemned();
        LogCondemned(logger, item, batchId, silo, deaths);
    }

    public void OnRecovered(int done, int total)
    {
        BatchingInstruments.OnBatchRecovered();
        LogRecovered(logger, batchId, done, total);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {Silo} joined batch {BatchId}")]
    private static partial void LogJoined(ILogger logger, string silo, string batchId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {Silo} left batch {BatchId}, with {Items} items")]
    private static partial void LogLeft(ILogger logger, string silo, string batchId, int items);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Items} items that failed on silo {Silo} in batch {BatchId} run again, attempt {Attempt}")]
    private static partial void LogRetried(ILogger logger, int items, string silo, string batchId, int attempt);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Items} items that are late on silo {Silo} in batch {BatchId} are started on silo {Idle} too")]
    private static partial void LogReissued(ILogger logger, int items, string silo, string batchId, string idle);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Items} items of batch {BatchId} were on a silo when it died; they run again, each alone on its silo")]
    private static partial void LogSuspected(ILogger logger, int items, string batchId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Item {Item} of batch {BatchId} was running when silo {Silo} died, the {Deaths}. one; it does not run again")]
    private static partial void LogCondemned(ILogger logger, int item, string batchId, SiloAddress silo, int deaths);

    [LoggerMessage(Level = LogLevel.Information, Message = "Batch {BatchId} goes on here: {Done} of {Total} items are done")]
    private static partial void LogRecovered(ILogger logger, string batchId, int done, int total);
}
