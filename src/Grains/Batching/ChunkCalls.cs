using Microsoft.Extensions.Logging;

namespace Armature.Batching;

/// <summary>One chunk's call to its silo, from the start to what became of it. Used on the coordinator's scheduler only.</summary>
internal sealed partial class ChunkCalls(string batchId, BatchLife life, Participants silos, RunningChunks running, UnreachableSilos unreachable, Outcomes outcomes, Suspects suspects, BatchRecorder? recorder, ILogger logger)
{
    private static readonly TimeSpan RefusalPause = TimeSpan.FromMilliseconds(50);

    public async Task RunAsync(RunningChunk chunk)
    {
        try
        {
            // The next coordinator learns from this what may have taken silos down: this one, and others that die before this one notices.
            if (recorder is null || await recorder.TryBeginAsync(chunk))
            {
                await CallAsync(chunk);
            }
        }
        finally
        {
            running.Finish(chunk);
        }
    }

    private async Task CallAsync(RunningChunk chunk)
    {
        try
        {
            var reply = await running.CallAsync(chunk);
            outcomes.Accept(chunk, reply);
            if (reply.State == NodeState.Draining)
            {
                silos.Leave(chunk.Silo);
            }

            if (reply.State == NodeState.Full)
            {
                await life.PauseAsync(RefusalPause);
            }
        }
#pragma warning disable CA1031 // whatever the call ran into, its items are not lost: they go back, or fail after their attempts
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await RecoverAsync(chunk, exception);
        }
    }

    private async Task RecoverAsync(RunningChunk chunk, Exception exception)
    {
        var failure = await unreachable.JudgeAsync(chunk, exception);
        if (!life.TakesResults || life.IsCancelling || chunk.Twin is not null)
        {
            return;
        }

        switch (failure)
        {
            case CallFailure.Died:
                suspects.Blame(chunk);
                return;
            case CallFailure.NotReached:
                outcomes.Return(chunk);
                return;
        }

        LogChunkFailed(logger, exception, chunk.Silo.Address, batchId);
        outcomes.Fail(chunk, ItemErrorCodes.SiloUnreachable, $"Silo {chunk.Silo.Name} could not be called: {exception.Message}");
        await life.PauseAsync(RefusalPause);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A chunk on silo {Silo} of batch {BatchId} got no answer; its items run again")]
    private static partial void LogChunkFailed(ILogger logger, Exception exception, SiloAddress silo, string batchId);
}
