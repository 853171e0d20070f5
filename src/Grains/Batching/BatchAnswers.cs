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
    private readonly MembershipLease? _lease = services.GetService<MembershipLease>();

    /// <exception cref="BatchHandoverException">Another silo has the batch, or the records do not answer.</exception>
    /// <exception cref="MembershipStaleException">The others may have given this silo up.</exception>
    public async Task<T> GetAsync<T>(BatchRun batch, Func<BatchRun, Task<T>> ask)
    {
        try
        {
            var answer = await ask(batch);
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
