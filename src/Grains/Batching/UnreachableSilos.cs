using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;

namespace Armature.Batching;

/// <summary>
/// Tells failed calls apart. A silo that is dead and not noticed yet refuses every call at once; nothing of these has run, and they are
/// nobody's fault. So a silo whose call failed is asked whether it lives. One that does not answer takes no work until it does, or is
/// gone. Nobody waits for an answer once nothing new starts. Used on the coordinator's scheduler only.
/// </summary>
internal sealed partial class UnreachableSilos(string batchId, string handler, BatchLife life, Participants silos, IClusterNodes nodes, LaneTasks tasks, TimeProvider time, ILogger logger)
{
    /// <summary>How long a silo may take to answer; one whose cores are all busy needs some milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>How long after an unanswered question the next is asked. As long as Orleans waits before it connects again.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<SiloLanes, Task<bool>> _questions = [];
    private readonly Dictionary<SiloLanes, Task> _absences = [];

    /// <summary>A silo answers again and takes work.</summary>
    public event Action? Returned;

    /// <summary>Judges a call that failed; where it may have run on a silo that does not answer, that may take until the silo is declared dead.</summary>
    public async Task<CallFailure> JudgeAsync(RunningChunk chunk, Exception exception)
    {
        var silo = chunk.Silo;
        var isRefusal = exception is OrleansMessageRejectionException or ConnectionFailedException;
        if (!silos.IsHere(silo))
        {
            // A call that was under way when its silo died ends with this exception; one that was refused before, with others.
            return chunk.IsSent && (!isRefusal || exception is SiloUnavailableException) ? CallFailure.Died : CallFailure.NotReached;
        }

        if (await AnswersAsync(silo))
        {
            return isRefusal ? CallFailure.Refused : CallFailure.Own;
        }

        if (isRefusal || !chunk.IsSent)
        {
            return CallFailure.NotReached;
        }

        await _absences.GetValueOrDefault(silo, Task.CompletedTask);
        return silo.IsGone ? CallFailure.Died : silo.IsReady && life.StartsWork ? CallFailure.Own : CallFailure.NotReached;
    }

    /// <summary>Whether a silo answers now. Those who ask at the same time share a question.</summary>
    public async Task<bool> AnswersAsync(SiloLanes silo)
    {
        if (_questions.TryGetValue(silo, out var earlier))
        {
            // Its answer may be older than the reason to ask.
            await earlier;
        }

        if (!silo.IsReady)
        {
            return false;
        }

        if (!_questions.TryGetValue(silo, out var question))
        {
            question = AskAsync(silo);
            _questions.Add(silo, question);
        }

        return await question;
    }

    private async Task<bool> AskAsync(SiloLanes silo)
    {
        await Task.Yield();
        var answers = await AskAsync(silo, Patience);
        _questions.Remove(silo);
        if (answers || silo.IsGone || !life.StartsWork)
        {
            return answers;
        }

        silo.IsUnreachable = true;
        LogUnreachable(logger, silo.Address, batchId);
        var absence = WaitForAsync(silo);
        _absences[silo] = absence;
        tasks.Run(() => absence);
        return false;
    }

    private async Task WaitForAsync(SiloLanes silo)
    {
        do
        {
            await Task.WhenAny(Task.Delay(Interval, time, CancellationToken.None), silo.Gone, life.Stopping);
            if (silo.IsGone || !life.StartsWork)
            {
                return;
            }
        }
        while (!await AskAsync(silo, Timeout.InfiniteTimeSpan));

        silo.IsUnreachable = false;
        LogReachable(logger, silo.Address, batchId);
        Returned?.Invoke();
    }

    private async Task<bool> AskAsync(SiloLanes silo, TimeSpan patience)
    {
        var answer = GetAnswerAsync(silo);
        await Task.WhenAny(answer, Task.Delay(patience, time, CancellationToken.None), silo.Gone, life.Stopping);
        return answer.IsCompleted && await answer && !silo.IsGone;
    }

    private async Task<bool> GetAnswerAsync(SiloLanes silo)
    {
        try
        {
            await nodes.DescribeAsync(silo.Address, handler);
            return true;
        }
#pragma warning disable CA1031 // whatever the reason, it did not answer
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNoAnswer(logger, exception, silo.Address, batchId);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} does not answer; it gets nothing of batch {BatchId} until it does, or is declared dead")]
    private static partial void LogUnreachable(ILogger logger, SiloAddress silo, string batchId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {Silo} answers again; it takes part in batch {BatchId}")]
    private static partial void LogReachable(ILogger logger, SiloAddress silo, string batchId);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Silo {Silo} was asked for batch {BatchId} whether it lives, and gave no answer")]
    private static partial void LogNoAnswer(ILogger logger, Exception exception, SiloAddress silo, string batchId);
}
