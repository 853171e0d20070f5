using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.IO.Pipes;
using System.Text;
using Armature.Testing;
using Armature.Validation.Records;
using Armature.Validation.Tables;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Armature.Validation.Files;

/// <summary>However the check of a file ends, it says why, and leaves nothing behind in its process.</summary>
public sealed class FileEndsTests : IAsyncLifetime
{
    private const int Rows = 2_000;

    private const string Referring = """
        {
          "fields": [{ "name": "sale", "type": "integer" }, { "name": "person", "type": "integer" }],
          "foreignKeys": [{ "fields": "person", "reference": { "resource": "people", "fields": "id" } }]
        }
        """;

    private static readonly TableSchema Schema = TableSchema.Parse("""
        {
          "fields": [
            { "name": "id", "type": "integer", "constraints": { "unique": true } },
            { "name": "secret", "type": "integer", "armature:sensitive": true }
          ]
        }
        """);

    private ArmatureCluster? _cluster;

    private IServiceProvider Services => _cluster!.Cluster.Silos[0].ServiceProvider;

    public async ValueTask InitializeAsync()
    {
        _cluster = await ArmatureCluster.StartAsync(1, silo: static silo => silo.AddFileValidation());
        Services.GetRequiredService<FileChecks>().ChunkBytes = 64;
    }

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    [Fact]
    public async Task ValidateFileAsync_SourceThatThrowsInTheMiddle_ThrowsTheSame()
    {
        var source = FileSource.FromStreams("broken", _ => Task.FromResult<Stream>(new BrokenStream(MakeFile(), 5_000)));

        var thrown = await Should.ThrowAsync<IOException>(RunAsync(source, new()));

        thrown.Message.ShouldBe("The cable is cut.");
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task ValidateFileAsync_OutputThatThrows_ThrowsTheSame()
    {
        using var full = new FullStream(3_000);

        var thrown = await Should.ThrowAsync<IOException>(RunAsync(Source(MakeFile()), new() { Good = full }));

        thrown.Message.ShouldBe("The disk is full.");
        await NothingIsLeftAsync();
    }

    [Theory]
    [InlineData(FileStep.Rows)]
    [InlineData(FileStep.Keys)]
    [InlineData(FileStep.Writing)]
    public async Task ValidateFileAsync_ProgressThatThrows_ThrowsTheSame(FileStep step)
    {
        using var good = new MemoryStream();
        var progress = new AtStep(step, static () => throw new InvalidOperationException("The window is closed."));

        var thrown = await Should.ThrowAsync<InvalidOperationException>(RunAsync(Source(MakeFile()), new() { Good = good, Progress = progress }));

        thrown.Message.ShouldBe("The window is closed.");
        await NothingIsLeftAsync();
    }

    [Theory]
    [InlineData(FileStep.Rows)]
    [InlineData(FileStep.Keys)]
    [InlineData(FileStep.Writing)]
    public async Task ValidateFileAsync_CancelledAtAStep_IsCancelled(FileStep step)
    {
        using var cancel = new CancellationTokenSource();
        using var good = new MemoryStream();
        var progress = new AtStep(step, cancel.Cancel);

        await Should.ThrowAsync<OperationCanceledException>(RunAsync(Source(MakeFile()), new() { Good = good, Progress = progress }, cancel.Token));

        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task ValidateFileAsync_CancelledBefore_IsCancelled()
    {
        await Should.ThrowAsync<OperationCanceledException>(RunAsync(Source(MakeFile()), new(), new CancellationToken(canceled: true)));

        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task ValidateFileAsync_SeveralAtOnce_EachHasItsOwnReport()
    {
        var reports = await Task.WhenAll(Enumerable.Range(1, 6).Select(i => RunAsync(Source(MakeFile(rows: i * 100)), new())));

        reports.Select(static report => report.Rows).ShouldBe(Enumerable.Range(1, 6).Select(static i => i * 100L));
        reports.ShouldAllBe(static report => report.IsValid);
        await NothingIsLeftAsync();
    }

    [Theory]
    [InlineData(Rows / 2)]
    [InlineData(Rows - 1)]
    [InlineData(Rows + 1)]
    [InlineData(Rows * 2)]
    [InlineData(0)]
    public async Task ValidateFileAsync_FileThatIsAnotherWhenItIsReadAgain_Fails(int rowsThen)
    {
        var opened = 0;
        var source = FileSource.FromStreams("changing", _ => Task.FromResult<Stream>(new MemoryStream(MakeFile(opened++ == 0 ? Rows : rowsThen))));
        using var good = new MemoryStream();

        var thrown = await Should.ThrowAsync<FileValidationException>(RunAsync(source, new() { Good = good }));

        thrown.Code.ShouldBe("file_changed");
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task ValidateFileAsync_SiloThatJoinsMeanwhile_GoesOn()
    {
        var rest = new Gate();
        var file = MakeFile();
        var source = FileSource.FromStreams("slow", _ => Task.FromResult<Stream>(new HalfStream(file, rest)));

        var running = RunAsync(source, new());
        await rest.WaitForEnteredAsync(1);
        await _cluster!.Cluster.StartAdditionalSiloAsync();
        await _cluster.Cluster.StartAdditionalSiloAsync();
        rest.Open();
        var report = await running.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        report.Rows.ShouldBe(Rows);
        report.IsValid.ShouldBeTrue();
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task ValidateFileAsync_OutputThatCannotBeWritten_IsRefused()
    {
        using var closed = new MemoryStream([], writable: false);

        var thrown = await Should.ThrowAsync<ValidationException>(RunAsync(Source([]), new() { Bad = closed }));

        thrown.Message.ShouldStartWith("The stream Bad cannot be written.");
    }

    [Fact]
    public async Task ValidateFileAsync_FileThatIsWrittenMeanwhile_Fails()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "rows.csv");
        await File.WriteAllBytesAsync(path, MakeFile(), TestContext.Current.CancellationToken);
        using var good = new MemoryStream();
        var progress = new AtStep(FileStep.Keys, () => File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch));

        var thrown = await Should.ThrowAsync<FileValidationException>(RunAsync(FileSource.FromPath(path), new() { Good = good, Progress = progress }));

        thrown.Code.ShouldBe("file_changed");
        thrown.Message.ShouldContain(path);
    }

    [Fact]
    public async Task ValidateFileAsync_PathOfAPipe_IsReadOnce()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        var path = $"/proc/self/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}";
        Assert.SkipUnless(File.Exists(path), "This system has no paths of pipes.");
        var writing = Task.Run(
            async () =>
            {
                await pipe.WriteAsync(MakeFile(), TestContext.Current.CancellationToken);
                pipe.Dispose();
            },
            TestContext.Current.CancellationToken);
        using var good = new MemoryStream();

        var report = await RunAsync(FileSource.FromPath(path), new() { Good = good });

        await writing;
        report.IsValid.ShouldBeTrue();
        good.ToArray().ShouldBe(MakeFile());
    }

    [Fact]
    public async Task ValidateFileAsync_ReferenceThatIsNotGiven_IsMissedBeforeAnythingIsRead()
    {
        var thrown = await Should.ThrowAsync<FileValidationException>(RunAsync(Source("sale,person\n"u8.ToArray()), TableSchema.Parse(Referring), new()));

        thrown.Code.ShouldBe("reference_missing");
    }

    [Fact]
    public async Task ValidateFileAsync_ReferencedObjectsWithOtherMembers_AreFound()
    {
        var sales = Source("""{"sale":1,"person":7}"""u8.ToArray());
        var people = Source("""{"id":7,"name":"Ada"}"""u8.ToArray());

        var options = new FileValidationOptions { Format = RecordFormat.Ndjson, References = new Dictionary<string, FileSource> { ["people"] = people } };

        var report = await RunAsync(sales, TableSchema.Parse(Referring), options);

        report.Failures.ShouldBeEmpty();
        report.Rows.ShouldBe(1);
    }

    [Fact]
    public async Task ValidateFileAsync_ReferencedFileWithoutAHeader_SaysThatItNeedsOne()
    {
        var options = new FileValidationOptions { Format = new() { HasHeader = false }, References = new Dictionary<string, FileSource> { ["people"] = Source("7,Ada\n"u8.ToArray()) } };

        var thrown = await Should.ThrowAsync<FileValidationException>(RunAsync(Source("1,7\n"u8.ToArray()), TableSchema.Parse(Referring), options));

        thrown.Message.ShouldContain("without a header");
    }

    [Fact]
    public async Task ValidateFileAsync_SchemaOfAMegabyteOnSeveralSilos_IsUsed()
    {
        await _cluster!.Cluster.StartAdditionalSiloAsync();
        var values = string.Join(',', Enumerable.Range(1_000_000, 150_000).Select(static value => $"\"{value}\""));
        var schema = TableSchema.Parse($$"""
            { "fields": [{ "name": "id", "type": "string", "constraints": { "enum": [{{values}}] } }, { "name": "secret" }] }
            """);

        var report = await RunAsync(Source(MakeFile(rows: 50)), schema, new());

        report.Rows.ShouldBe(50);
        report.IsValid.ShouldBeTrue();
    }

    [Theory]
    [InlineData(256, null)]
    [InlineData(257, "too_many_keys")]
    public async Task ValidateFileAsync_ManyUniqueFields_AreCheckedOrRefused(int fields, string? code)
    {
        var schema = TableSchema.Parse($$"""{ "fields": [{{string.Join(',', Enumerable.Range(0, fields).Select(UniqueField))}}] }""");
        var last = string.Join(',', Enumerable.Range(2, fields - 1)) + ",1\n";
        var rows = $"{string.Join(',', Enumerable.Range(0, fields).Select(static i => $"c{i}"))}\n{string.Join(',', Enumerable.Repeat(1, fields))}\n{last}";

        var running = RunAsync(Source(Encoding.UTF8.GetBytes(rows)), schema, new());

        if (code is null)
        {
            (await running).Failures.ShouldHaveSingleItem().Column.ShouldBe($"c{fields - 1}");
        }
        else
        {
            (await Should.ThrowAsync<FileValidationException>(running)).Code.ShouldBe(code);
        }

        static string UniqueField(int i) => $$"""{ "name": "c{{i}}", "type": "integer", "constraints": { "unique": true } }""";
    }

    [Fact]
    public async Task ValidateFileAsync_SensitiveValue_IsNull()
    {
        var report = await RunAsync(Source("id,secret\nx,y\n1,2,3\n"u8.ToArray()), new());

        report.Failures.Select(static failure => failure.Value).ShouldBe(["x", null, null]);
    }

    private static FileSource Source(byte[] file) => FileSource.FromStreams("file", _ => Task.FromResult<Stream>(new MemoryStream(file)));

    private static byte[] MakeFile(int rows = Rows)
    {
        var text = new StringBuilder("id,secret\n");
        for (var i = 0; i < rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i + 1_000_000},{i}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private Task<FileReport> RunAsync(FileSource source, FileValidationOptions options, CancellationToken cancellationToken = default) =>
        RunAsync(source, Schema, options, cancellationToken);

    private Task<FileReport> RunAsync(FileSource source, TableSchema schema, FileValidationOptions options, CancellationToken cancellationToken = default) =>
        Services.GetRequiredService<ArmatureClient>().Validation.ValidateFileAsync(source, schema, options, cancellationToken);

    // What a silo works on when a check ends is done a little later.
    private Task NothingIsLeftAsync()
    {
        var local = Services.GetRequiredService<LocalChunks>();
        return Eventually.BecomesTrueAsync(() => local.Count == 0, "nothing is left");
    }

    private sealed class AtStep(FileStep step, Action action) : IProgress<FileProgress>
    {
        public void Report(FileProgress value)
        {
            if (value.Step == step)
            {
                action();
            }
        }
    }

    private sealed class BrokenStream(byte[] file, int after) : MemoryStream(file)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < after ? await base.ReadAsync(buffer, cancellationToken) : throw new IOException("The cable is cut.");
    }

    private sealed class FullStream(int room) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            Length + buffer.Length <= room ? base.WriteAsync(buffer, cancellationToken) : throw new IOException("The disk is full.");
    }

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
