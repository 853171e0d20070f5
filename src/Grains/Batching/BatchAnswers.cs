using Armature.Clustering;
using Armature.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Batching;

/// <summary>
/// What a batch's coordinator may answer: nothing when another silo has the batch, or when the others may have given this silo up.
/// Then the caller is told to try again.
/// </summary>
internal sealed class BatchAnswers(IServiceProvider services)
{
    /// <summary>A second less than a call may take: its caller reads why it waits, and not that nobody answered.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly MembershipLease? _lease = services.GetService<MembershipLease>();
    private readonly TimeProvider _time = services.GetRequiredService<TimeProvider>();

    /// <exception cref="BatchHandoverException">Another silo has the batch, or the records do not answer.</exception>
    /// <exception cref="MembershipStaleException">The others may have given this silo up.</exception>
    public async Task<T> GetAsync<T>(BatchRun batch, Func<BatchRun, Task<T>> ask)
    {
        try
        {
            var asking = ask(batch);
            await ThrowIfInTroubleAsync(batch, asking);
            var answer = await asking;
            ThrowIfMoved(batch);
            return answer;
        }
        catch (Exception exception) when (exception is FencedException or RecordStoreException)
        {
            throw new BatchHandoverException(batch.Id, exception);
        }
    }

    /// <inheritdoc cref="GetAsync"/>
    public Task TellAsync(BatchRun batch, Func<BatchRun, Task> tell) => GetAsync(batch, async told =>
    {
        await tell(told);
        return true;
    });

    /// <summary>What waits for records that cannot be written is done when they can; its caller asks again meanwhile.</summary>
    private async Task ThrowIfInTroubleAsync(BatchRun batch, Task asking)
    {
        if (!batch.IsDurable || asking.IsCompleted)
        {
            return;
        }

        using var stop = new CancellationTokenSource();
        await Task.WhenAny(asking, Task.Delay(Patience, _time, stop.Token));
        await stop.CancelAsync();
        if (!asking.IsCompleted && batch.RecordTrouble is { } trouble)
        {
            throw new BatchHandoverException(batch.Id, trouble);
        }
    }

    private void ThrowIfMoved(BatchRun batch)
    {
        if (batch.HasLeft)
        {
            throw new BatchHandoverException(batch.Id);
        }

        if (batch.IsDurable)
        {
            _lease?.ThrowIfStale();
        }
    }
}
