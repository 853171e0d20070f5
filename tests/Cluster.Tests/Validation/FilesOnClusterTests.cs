using System.Globalization;
using System.Text;
using Armature.Chaos;
using Armature.Testing;
using Armature.Validation.Files;
using Armature.Validation.Tables;
using Orleans.Hosting;

namespace Armature.Validation;

[Collection(ChaosCollection.Name)]
public sealed class FilesOnClusterTests(ChaosCluster cluster, ITestOutputHelper output)
{
    private const int Rows = 120_000;

    private static readonly TableSchema Schema = TableSchema.Parse("""
        {
          "fields": [
            { "name": "id", "type": "integer", "constraints": { "required": true, "unique": true } },
            { "name": "note", "type": "string", "constraints": { "maxLength": 60 } },
            { "name": "amount", "type": "number", "constraints": { "minimum": 0 } },
            { "name": "parent", "type": "integer" }
          ],
          "foreignKeys": [{ "fields": "parent", "reference": { "resource": "", "fields": "id" } }]
        }
        """);

    [Fact]
    public async Task Kill_CoordinatorInTheMiddleOfAFile_TheReportIsThatOfOneSilo()
    {
        using var story = await cluster.BeginAsync(output);
        var file = MakeFile();
        var alone = await RunAloneAsync(file);
        var isUnderWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var rest = new Gate();
        var source = FileSource.FromStreams("rows.csv", _ => Task.FromResult<Stream>(new HalfStream(file, rest)));

        var running = RunAsync(cluster.Client, source, new Progress<FileProgress>(_ => isUnderWay.TrySetResult()));
        await isUnderWay.Task;
        var batch = (await cluster.Client.Batches.ListAsync()).First(static known => known.Handler == "armature.validate-chunk" && known.State == Batching.BatchState.Running);
        var coordinator = await cluster.CoordinatorOfAsync(batch.Id);
        story.Tell($"{cluster.Name(coordinator)}, which coordinates, is killed");
        coordinator.Kill();
        rest.Open();
        var result = await running;

        story.Tell($"{result.Report.Rows} rows are checked");
        result.Report.Rows.ShouldBe(Rows);
        result.Report.Fault.ShouldBeNull();
        result.Report.Failures.ShouldBe(alone.Report.Failures);
        result.Report.Counts.ShouldBe(alone.Report.Counts);
        result.Report.BadRows.ShouldBe(alone.Report.BadRows);
        result.Failures.AsSpan().SequenceEqual(alone.Failures).ShouldBeTrue("all failures are the same, byte for byte");
        result.Good.AsSpan().SequenceEqual(alone.Good).ShouldBeTrue("the good rows are the same, byte for byte");
        result.Bad.AsSpan().SequenceEqual(alone.Bad).ShouldBeTrue("the bad rows are the same, byte for byte");
        result.Report.Counts.Select(static count => count.Code).ShouldBe(["type", "unique", "max_length", "min", "foreign_key"], ignoreOrder: true);
    }

    private static async Task<Result> RunAloneAsync(byte[] file)
    {
        await using var alone = await ArmatureCluster.StartAsync(1, silo: static silo => silo.AddFileValidation());
        return await RunAsync(alone.HostedClient, FileSource.FromStreams("rows.csv", _ => Task.FromResult<Stream>(new MemoryStream(file))), null);
    }

    private static async Task<Result> RunAsync(ArmatureClient client, FileSource source, IProgress<FileProgress>? progress)
    {
        using var failures = new MemoryStream();
        using var good = new MemoryStream();
        using var bad = new MemoryStream();
        var report = await client.Validation.ValidateFileAsync(source, Schema, new() { Failures = failures, Good = good, Bad = bad, Progress = progress });
        return new(report, failures.ToArray(), good.ToArray(), bad.ToArray());
    }

    private static byte[] MakeFile()
    {
        var text = new StringBuilder("id,note,amount,parent\n");
        for (var i = 1; i <= Rows; i++)
        {
            var id = i % 1_000 == 0 ? "none" : (i % 777 == 0 ? i / 2 : i).ToString(CultureInfo.InvariantCulture);
            var note = i % 50 == 0 ? "\"a note,\nwith a \"\"line\"\" more\"" : i % 333 == 0 ? new string('x', 61) : "a note that takes some room in its row";
            text.Append(CultureInfo.InvariantCulture, $"{id},{note},{(i % 500 == 0 ? -1 : i) / 4m},{(i % 200 == 0 ? Rows + i : (i / 3) + 1)}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private sealed record Result(FileReport Report, byte[] Failures, byte[] Good, byte[] Bad);

    /// <summary>A file whose second half comes when the gate is open.</summary>
    private sealed class HalfStream(byte[] file, Gate rest) : MemoryStream(file)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position >= Length / 2)
            {
                await rest.PassAsync(cancellationToken);
            }

            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
