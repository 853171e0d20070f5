using System.Runtime.InteropServices;
using System.Text;
using Armature.Validation.Records;

namespace Armature.Validation.Files;

public sealed class FileChunkHandlerTests
{
    private readonly FileRules _rules = new()
    {
        Run = Guid.NewGuid(),
        Schema = """{"fields":[{"name":"id","type":"integer","constraints":{"unique":true}}]}"""u8.ToArray(),
        Header = ["id"],
        Format = RecordFormat.Csv,
        Limits = new(),
        HashSeed = 1,
    };

    private readonly LocalChunks _local = new();
    private readonly FileChunkHandler _handler;

    public FileChunkHandlerTests() => _handler = new(_local);

    [Fact]
    public void Handle_AfterAChunkThatFailed_HasNothingOfIt()
    {
        var failing = Job("1\n2\n") with { Writing = Writing(new KeyFailure(Record: 1, Rule: 999, FirstRow: 0)) };
        Should.Throw<Exception>(() => Handle(failing));

        var result = Handle(Job("3\n") with { Writing = Writing() });

        Encoding.UTF8.GetString(result.Good).ShouldBe("3\n");
    }

    [Fact]
    public void Handle_ChunkThatIsDroppedMeanwhile_LeavesNoKeys()
    {
        var job = Job("1\n") with { Bytes = null };
        _local.Put(job.Rules.Run, 0, "1\n"u8.ToArray());
        Handle(job);
        _local.TakeKeys(job.Rules.Run, 0).ShouldNotBeNull();
        _local.Drop(job.Rules.Run, 0);

        _local.PutKeys(job.Rules.Run, 0, []);

        _local.Count.ShouldBe(0);
    }

    // XXH128 mixes a seed into a short text by an exclusive or: seeds that differ by a bit make such texts one.
    [Theory]
    [InlineData("20001", "30000")]
    [InlineData("2000001", "3000000")]
    [InlineData("20000001", "30000000")]
    public void Handle_KeysOfTwoColumnsThatDifferAsTheirNumbersDo_AreNotEqual(string first, string second)
    {
        var rules = _rules with
        {
            Schema = """{"fields":[{"name":"a","constraints":{"unique":true}},{"name":"b","constraints":{"unique":true}}]}"""u8.ToArray(),
            Header = ["a", "b"],
            HashSeed = 0,
        };

        var result = Handle(Job($"{first},{second}\n") with { Rules = rules });

        MemoryMarshal.Cast<byte, KeyEntry>(result.Keys).ToArray().Select(static key => (key.HashLow, key.HashHigh)).ShouldBeUnique();
    }

    private static FileWriting Writing(params KeyFailure[] keys) => new() { FirstRow = 2, FirstLine = 2, Good = true, Keys = keys };

    private FileChunkJob Job(string rows) => new() { Rules = _rules, Index = 0, MaxFailures = 10, Bytes = Encoding.UTF8.GetBytes(rows) };

    private FileChunkResult Handle(FileChunkJob job) => _handler.Handle(job, new("batch", 0, 1), CancellationToken.None);
}
