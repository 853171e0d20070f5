using Armature.Storage;
using Microsoft.Extensions.Options;

namespace Armature.Hosting;

/// <summary>Opens the record store before the silo starts, so that one that cannot be used is told at once.</summary>
internal sealed class RecordStoreCheck(IServiceProvider services, IOptions<ArmatureOptions> options) : IStartupCheck
{
    // The store is made here and not with this check: the data folder's lock comes first.
    public Task CheckAsync(CancellationToken cancellationToken) =>
        services.GetRequiredService<IRecordStore>() is RedisRecordStore
            ? ActivatorUtilities.CreateInstance<RedisPersistenceCheck>(services, options.Value.Redis).CheckAsync(cancellationToken)
            : Task.CompletedTask;
}
