namespace Armature.Batching;

/// <summary>Goes on with a batch that another coordinator has recorded. Used on the coordinator's scheduler only.</summary>
internal sealed class BatchTakeover(RecordedBatch recorded, ItemIntake intake, ItemLedger items, ResultLog results, BatchIncidents incidents, BatchStory story)
{
    /// <summary>True when the batch was cancelled before.</summary>
    public bool IsCancelled => recorded.IsCancelled;

    /// <summary>Takes what was received and done.</summary>
    public void Restore()
    {
        intake.Restore(recorded);
        foreach (var page in recorded.Results)
        {
            items.Restore(page);
            results.Restore(page);
        }
    }

    /// <summary>Tells that the batch begins, or goes on.</summary>
    public void Tell()
    {
        if (recorded.Items.Count == 0)
        {
            story.Tell(BatchEventKind.Started);
            return;
        }

        incidents.OnRecovered(items.Done, items.Received);
        story.Tell(BatchEventKind.Resumed);
    }

    /// <summary>Puts what is left to do where it belongs.</summary>
    public void Distribute(Participants silos, ItemQueue queue, Suspects suspects, BatchRecorder recorder)
    {
        var open = new OpenItems(recorded, items, silos);
        open.Condemned.ForEach(item => suspects.Condemn(item.Work, item.Silo));
        open.Waiting.ForEach(queue.Resume);
        open.Suspects.ForEach(suspects.Add);
        recorder.Forget(open.Stale);
    }
}
