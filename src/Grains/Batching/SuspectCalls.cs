using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Armature.Batching;

/// <summary>
/// Runs a suspect with nothing beside it on its silo, where that can be had in time, and lets others start beside it when it runs for
/// long. What is recorded of it is never more than what is so: alone only once it is, and no longer alone before others may start.
/// Used on the coordinator's scheduler only.
/// </summary>
internal sealed partial class SuspectCalls(string batchId, BatchLife life, IClusterNodes nodes, RunningChunks running, UnreachableSilos unreachable, BatchRecorder? recorder, ILogger logger)
{
    /// <summary>The silo's answer; null when the item must not start.</summary>
    public async Task<ChunkReply?> CallAsync(RunningChunk chunk)
    {
        chunk.IsAlone = chunk.Silo.CanHold && await nodes.HoldAsync(chunk.Silo.Address, batchId, chunk.Id);
        if (!life.StartsWork || (recorder is not null && !await recorder.TryBeginSuspectAsync(chunk)) || !life.StartsWork)
        {
            await ReleaseAsync(chunk);
            return null;
        }

        var calling = running.CallAsync(chunk);
        while (chunk.IsAlone && life.IsRunning && !await EndsInTimeAsync(calling))
        {
            await LetOthersStartAsync(chunk, calling);
        }

        return await calling;
    }

    private async Task<bool> EndsInTimeAsync(Task calling)
    {
        await Task.WhenAny(calling, life.PauseAsync(StartGate.Patience));
        return calling.IsCompleted;
    }

    /// <summary>A silo that does not answer stays the suspect's: it may have died of it, and nobody has noticed yet.</summary>
    private async Task LetOthersStartAsync(RunningChunk chunk, Task calling)
    {
        var living = unreachable.AnswersAsync(chunk.Silo);
        await Task.WhenAny(calling, living);
        if (!calling.IsCompleted && await living && (recorder is null || await recorder.TryEndAloneAsync(chunk)))
        {
            await ReleaseAsync(chunk);
        }
    }

    private async Task ReleaseAsync(RunningChunk chunk)
    {
        if (!chunk.IsAlone)
        {
            return;
        }

        chunk.IsAlone = false;
        try
        {
            await nodes.ReleaseAsync(chunk.Silo.Address, batchId, chunk.Id);
        }
#pragma warning disable CA1031 // a silo that cannot be told is dead, or gives itself back when the item has ended or did not come
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogReleaseFailed(logger, exception, chunk.Silo.Address, batchId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} could not be told that others may start beside a suspect of batch {BatchId}")]
    private static partial void LogReleaseFailed(ILogger logger, Exception exception, SiloAddress silo, string batchId);
}
