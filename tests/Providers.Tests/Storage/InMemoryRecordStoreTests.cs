namespace Armature.Storage;

public sealed class InMemoryRecordStoreTests : RecordStoreContract
{
    protected override Task<IRecordStore> CreateAsync() => Task.FromResult<IRecordStore>(new InMemoryRecordStore());
}
