using System.Globalization;
using System.Text;
using System.Text.Json;
using Armature.Testing;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Armature.Validation.Files;

/// <summary>Files through the engine, cut into parts of any size, say what an obvious loop over their rows says.</summary>
public sealed class FileParityTests : IAsyncLifetime
{
    private ArmatureCluster? _alone;
    private ArmatureCluster? _three;

    public async ValueTask InitializeAsync()
    {
        _alone = await ArmatureCluster.StartAsync(1, silo: static silo => silo.AddFileValidation());
        _three = await ArmatureCluster.StartAsync(3, silo: static silo => silo.AddFileValidation());
    }

    public async ValueTask DisposeAsync()
    {
        await _alone!.DisposeAsync();
        await _three!.DisposeAsync();
    }

    [Fact]
    public Task ValidateFileAsync_OnTheOnlySiloInThisProcess_SaysWhatALoopSays() =>
        SampleAsync(_alone!.Cluster.Silos[0].ServiceProvider, iterations: 60);

    [Fact]
    public Task ValidateFileAsync_FromOutsideOnThreeSilos_SaysWhatALoopSays() =>
        SampleAsync(_three!.Cluster.Client.ServiceProvider, iterations: 30);

    private static async Task SampleAsync(IServiceProvider services, int iterations)
    {
        var files = services.GetRequiredService<FileChecks>();
        await Gen.Select(RandomTable.Gen, Gen.Int[1, 80], Gen.Int[0, 12], Gen.Bool).SampleAsync(
            async (table, chunkBytes, most, isStream) =>
            {
                files.ChunkBytes = chunkBytes;
                var expected = table.Expected();
                using var failures = new MemoryStream();
                using var good = new MemoryStream();
                using var bad = new MemoryStream();
                var source = isStream ? FileSource.FromStream(new MemoryStream(table.ToFile())) : FileSource.FromStreams("random", _ => Task.FromResult<Stream>(new MemoryStream(table.ToFile())));

                var written = await files.RunAsync(source, RandomTable.Schema, new() { MaxFailures = most, Failures = failures, Good = good, Bad = bad }, CancellationToken.None);
                source = FileSource.FromStreams("random", _ => Task.FromResult<Stream>(new MemoryStream(table.ToFile())));
                var report = await files.RunAsync(source, RandomTable.Schema, new() { MaxFailures = most }, CancellationToken.None);

                report.Fault.ShouldBeNull();
                report.Rows.ShouldBe(table.Rows.Length);
                report.Failures.Select(Told).ShouldBe(expected.Take(most));
                report.FailureCount.ShouldBe(expected.Count);
                report.BadRows.ShouldBe(expected.DistinctBy(static failure => failure.Split('|')[0]).Count());
                report.Counts.ToDictionary(static count => $"{count.Column}|{count.Code}", static count => (int)count.Count)
                    .ShouldBe(expected.CountBy(static failure => string.Join('|', failure.Split('|')[2..4])), ignoreOrder: true);
                written.Failures.ShouldBe(report.Failures);
                written.Counts.ShouldBe(report.Counts);
                Lines(failures).Select(ToldInJson).ShouldBe(expected);
                var badRows = expected.Select(static failure => int.Parse(failure.Split('|')[0], CultureInfo.InvariantCulture)).ToHashSet();
                Encoding.UTF8.GetString(bad.ToArray()).ShouldBe(Rows(table, i => badRows.Contains(i + 2)));
                Encoding.UTF8.GetString(good.ToArray()).ShouldBe(Rows(table, i => !badRows.Contains(i + 2)));
            },
            iter: iterations,
            threads: 1);
    }

    private static string Rows(RandomTable table, Func<int, bool> isIn) =>
        $"id,text,parent\n{string.Concat(table.Rows.Where((_, i) => isIn(i)).Select(static row => (row with { BlankLines = 0 }).ToText()))}";

    private static string[] Lines(MemoryStream stream) => Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Told(FileFailure failure) =>
        string.Create(CultureInfo.InvariantCulture, $"{failure.Row}|{failure.Line}|{failure.Column}|{failure.Code}|{failure.Value}|{failure.FirstRow}");

    private static string ToldInJson(string line)
    {
        using var json = JsonDocument.Parse(line);
        return string.Join('|', new[] { "row", "line", "column", "code", "value", "first_row" }.Select(name => json.RootElement.TryGetProperty(name, out var value) ? value.ToString() : ""));
    }
}
