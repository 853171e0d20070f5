namespace Armature.Batching;

/// <summary>How a batch ends, once: complete, cancelled or failed; or how it leaves its coordinator. Used on the coordinator's scheduler only.</summary>
internal sealed class BatchEnding(
    string batchId,
    BatchLife life,
    ItemQueue queue,
    ResultLog results,
    BatchRecorder? recorder,
    BatchStory story,
    RunningChunks running,
    LaneTasks tasks,
    BatchSurroundings around)
{
    /// <summary>Starts nothing more, tells every silo, and ends the batch when they have answered. A durable batch stays cancelled.</summary>
    public async Task CancelAsync()
    {
        if (!life.IsRunning)
        {
            return;
        }

        if (recorder is not null && !life.IsCancelling)
        {
            await recorder.CancelAsync();
        }

        if (!life.IsCancelling)
        {
            life.BeginCancelling();
            queue.Complete();
            _ = EndCancelledAsync();
        }

        await running.CancelAllAsync();
    }

    /// <summary>Ends the batch because it cannot go on.</summary>
    public void Fail(string reason)
    {
        if (life.TakesResults)
        {
            End(BatchState.Failed, reason);
            _ = running.CancelSentAsync();
        }
    }

    public void End(BatchState state, string? failure = null)
    {
        if (!life.TryBeginEnding())
        {
            return;
        }

        queue.Complete();
        var end = new BatchEnd(state, failure, around.Time.GetUtcNow()) { IsAbandoned = life.IsAbandoned && state == BatchState.Cancelled };
        if (recorder is null)
        {
            Conclude(end);
            return;
        }

        _ = RecordEndAsync(recorder, end);
    }

    /// <summary>The end as it is known to all.</summary>
    public void Conclude(BatchEnd end)
    {
        queue.Complete();
        life.End(end);
        story.TellEnd();
        results.Wake();
        life.TellEnded();
    }

    /// <summary>
    /// Lets another coordinator go on with a durable batch: starts nothing more, waits for what runs, takes back what runs longer than
    /// a time, and records what was done.
    /// </summary>
    public async Task LeaveAsync(TimeSpan most)
    {
        if (!life.IsRunning)
        {
            return;
        }

        life.BeginLeaving();
        queue.Complete();
        await Task.WhenAny(tasks.WhenAll(), Task.Delay(most, around.Time, CancellationToken.None));
        if (!life.TryBeginEnding())
        {
            await life.Ended;
            return;
        }

        // They are taken back in order: none of them is suspect.
        foreach (var chunk in running.All)
        {
            recorder!.End(chunk);
        }

        await Task.WhenAll(recorder!.FlushAsync(), running.CancelSentAsync());
        Depart();
    }

    /// <summary>The records have another owner, or cannot be written: nothing that happens here counts any more.</summary>
    public void Depart(Exception reason)
    {
        if (life.IsRunning)
        {
            around.TellLeft(batchId, reason);
            Depart();
            _ = running.CancelSentAsync();
        }
    }

    private void Depart()
    {
        life.Leave();
        queue.Complete();
        story.Wake();
        results.Wake();
    }

    private async Task EndCancelledAsync()
    {
        // The silos answer with what was done; one that does not is asked once more and then not waited for.
        for (var i = 0; i < 2 && running.Count > 0; i++)
        {
            var answered = tasks.WhenAll();
            await Task.WhenAny(answered, Task.Delay(around.Options.CancellationGrace + TimeSpan.FromSeconds(1), around.Time, CancellationToken.None));
            if (!answered.IsCompleted)
            {
                await running.CancelAllAsync();
            }
        }

        End(BatchState.Cancelled);
    }

    private async Task RecordEndAsync(BatchRecorder recorder, BatchEnd end)
    {
        try
        {
            await recorder.EndAsync(end);
            Conclude(end);
        }
        catch (ArmatureException)
        {
            // The recorder has told: another coordinator will end it.
        }
    }
}
