using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Armature.Batching;
using Armature.Testing;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Validation.Files;

/// <summary>Files that rules in code check: what they say of each row, however the file is cut.</summary>
public sealed class FileRowsTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly Gate _gate = new();
    private ArmatureCluster? _alone;
    private ArmatureCluster? _three;

    public async ValueTask InitializeAsync()
    {
        _alone = await ArmatureCluster.StartAsync(1, Register);
        _three = await ArmatureCluster.StartAsync(3, Register);
    }

    public async ValueTask DisposeAsync()
    {
        await _alone!.DisposeAsync();
        await _three!.DisposeAsync();
    }

    [Fact]
    public Task ValidateFileAsync_OnTheOnlySiloInThisProcess_SaysWhatTheRulesSayOfEachRow() =>
        SampleAsync(_alone!.Cluster.Silos[0].ServiceProvider, iterations: 60);

    [Fact]
    public Task ValidateFileAsync_FromOutsideOnThreeSilos_SaysWhatTheRulesSayOfEachRow() =>
        SampleAsync(_three!.Cluster.Client.ServiceProvider, iterations: 30);

    [Theory]
    [InlineData(500)]
    [InlineData(100_000)]
    public async Task ValidateFileAsync_Lookups_AreAskedForEachValueOnceInTheWholeFile(int chunkBytes)
    {
        var rows = Enumerable.Range(0, 2_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"a,1,c{i % 300},\n"));
        _three!.Cluster.Client.ServiceProvider.GetRequiredService<FileChecks>().ChunkBytes = chunkBytes;
        using var good = new MemoryStream();

        var report = await CheckAsync<Shipment>("asking", $"name,amount,country,pin\n{string.Concat(rows)}", new() { Good = good });

        _asked.ShouldBeUnique();
        _asked.Count.ShouldBe(300);
        report.BadRows.ShouldBe(1_370);
        report.Counts.ShouldBe([new("country", "exists", "country is not among asked.", 1_370)]);
    }

    [Fact]
    public async Task ValidateFileAsync_ObjectsOfJson_AreRows()
    {
        var report = await CheckAsync<Shipment>("computed", """
            {"amount":6,"name":"a"}
            {"name":"b","amount":"many"}
            not json
            """, new() { Format = Records.RecordFormat.Ndjson });

        report.Failures.Select(static failure => $"{failure.Row} {failure.Column} {failure.Code} {failure.Value}")
            .ShouldBe(["1 amount max 6", "1 amount many 6", "2 amount unreadable many", "3  invalid_json "]);
    }

    [Fact]
    public async Task ValidateFileAsync_ColumnIsMissing_IsTheFilesFault()
    {
        var report = await CheckAsync<Shipment>("computed", "name,pin\na,1\n");

        report.Fault.ShouldNotBeNull().Code.ShouldBe("header");
        report.Fault.Message.ShouldContain("Column amount is missing.");
    }

    [Fact]
    public async Task ValidateFileAsync_RulesAreNotRegistered_SaysWhichAre() =>
        (await Should.ThrowAsync<RuleSetException>(() => CheckAsync<Shipment>("nothing", "name,amount,country,pin\na,1,,\n")))
            .Message.ShouldBe("No silo has rules 'nothing'. Registered: asking, awaited, broken, computed, fewer, fragile, gated, lost, more, none, null, otherwise. Register them with AddRuleSet on the silos.");

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("name,amount,country,pin\n")]
    [InlineData("name\n")]
    public async Task ValidateFileAsync_NoRowsAndNoSuchRules_SaysSo(string file) =>
        (await Should.ThrowAsync<RuleSetException>(() => CheckAsync<Shipment>("nothing", file))).RuleSet.ShouldBe("nothing");

    [Fact]
    public async Task ValidateFileAsync_NoRowsAndRulesForOtherRecords_SaysForWhich() =>
        (await Should.ThrowAsync<RuleSetException>(() => CheckAsync<Form>("computed", "name,amount\n"))).Message.ShouldContain($"are for {typeof(Shipment)}");

    [Theory]
    [InlineData("", "empty_file")]
    [InlineData("name,amount,country,pin\n", null)]
    public async Task ValidateFileAsync_NoRows_IsAReport(string file, string? fault)
    {
        var report = await CheckAsync<Shipment>("computed", file);

        report.Rows.ShouldBe(0);
        report.Fault?.Code.ShouldBe(fault);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("null")]
    [InlineData("fewer")]
    [InlineData("more")]
    public async Task ValidateFileAsync_ValidatorGivesOtherReports_SaysSo(string rules) =>
        (await Should.ThrowAsync<FileValidationException>(() => CheckAsync<Shipment>(rules, "name,amount,country,pin\na,1,,\nb,2,,\n"))).Code.ShouldBe(RecordErrorCodes.ReportsMissing);

    [Fact]
    public async Task ValidateFileAsync_CellBreaksItsReader_LeavesNothingForTheNextFile()
    {
        await Should.ThrowAsync<FileValidationException>(() => CheckAsync<Fragile>("fragile", "number,part\nx,1\n1,breaks\n"));

        var report = await CheckAsync<Fragile>("fragile", "number,part\n1,whole\n");

        (report.Rows, report.BadRows, report.FailureCount).ShouldBe((1, 0, 0));
    }

    [Fact]
    public async Task ValidateFileAsync_RulesAreForOtherRecords_SaysForWhich() =>
        (await Should.ThrowAsync<RuleSetException>(() => CheckAsync<Form>("computed", "name,amount\na,1\n")))
            .Message.ShouldBe($"Rules 'computed' are for {typeof(Shipment)}; the records are {typeof(Form)}.");

    [Fact]
    public async Task ValidateFileAsync_LookupIsNotRegistered_SaysSo() =>
        (await Should.ThrowAsync<FileValidationException>(() => CheckAsync<Shipment>("lost", "name,amount,country,pin\na,1,de,\n"))).Code.ShouldBe(RecordErrorCodes.LookupNotFound);

    [Fact]
    public Task ValidateFileAsync_NoNameOfRules_IsRefusedBeforeAnythingIsRead() => Should.ThrowAsync<ArgumentException>(() => CheckAsync<Shipment>("no/name", ""));

    [Fact]
    public async Task ValidateFileAsync_References_AreRefused() =>
        (await Should.ThrowAsync<ArgumentException>(() => CheckAsync<Shipment>("computed", "", new() { References = new Dictionary<string, FileSource> { ["a"] = FileSource.FromPath("a") } })))
            .Message.ShouldContain("MustExistIn");

    [Fact]
    public async Task ValidateFileAsync_ValidatorOfAnotherKind_TellsNoValueThatCannotBeRead()
    {
        var report = await CheckAsync<Shipment>("otherwise", "name,amount,country,pin\na,x,,\na,1,,\n");

        report.Failures.Select(static failure => $"{failure.Column} {failure.Code} {failure.Value}").ShouldBe(["amount unreadable ", "name otherwise shown"]);
    }

    [Fact]
    public async Task ValidateFileAsync_ValidatorThrows_SaysThatTheFileCouldNotBeChecked() =>
        (await Should.ThrowAsync<FileValidationException>(() => CheckAsync<Shipment>("broken", "name,amount,country,pin\na,1,,\n"))).Message.ShouldContain("no connection");

    [Fact]
    public async Task ValidateFileAsync_CoordinatorDiesMeanwhile_SaysTheSame()
    {
        var rows = string.Concat(Enumerable.Range(0, 200).Select(static i => string.Create(CultureInfo.InvariantCulture, $"name{i},1,de,\n")));
        _three!.Cluster.Client.ServiceProvider.GetRequiredService<FileChecks>().ChunkBytes = 500;
        using var bad = new MemoryStream();
        var checking = CheckAsync<Shipment>("gated", $"name,amount,country,pin\n{rows}", new() { Bad = bad });
        await _gate.WaitForEnteredAsync(1);

        await _three.Cluster.KillSiloAsync(_three.Cluster.Silos.First(static silo => silo.ServiceProvider.GetRequiredService<BatchTable>().Running > 0));
        _gate.Open();

        var report = await checking;
        report.Rows.ShouldBe(200);
        report.Counts.ShouldBe([new("name", "max_length", "name must have a length of 6 at most.", 100)]);
        Text(bad).ShouldBe($"name,amount,country,pin\n{string.Concat(rows.Split('\n')[100..].Select(static row => row.Length > 0 ? $"{row}\n" : ""))}");
    }

    private static async Task SampleAsync(IServiceProvider services, int iterations)
    {
        var files = services.GetRequiredService<FileChecks>();
        await Gen.Select(RandomShipments.Gen, Gen.Int[1, 80], Gen.Int[0, 12], Gen.Bool).SampleAsync(
            async (file, chunkBytes, most, isAwaited) =>
            {
                files.ChunkBytes = chunkBytes;
                var expected = await file.ExpectedAsync(isAwaited ? Shipment.Awaited : Shipment.Computed);
                FileFailure[] all = [.. expected.SelectMany(static row => row.Failures)];
                using var failures = new MemoryStream();
                using var good = new MemoryStream();
                using var bad = new MemoryStream();
                var name = isAwaited ? "awaited" : "computed";

                var written = await files.RunAsync<Shipment>(
                    FileSource.FromStream(new MemoryStream(file.ToFile())), name, new() { MaxFailures = most, Failures = failures, Good = good, Bad = bad }, CancellationToken.None);
                var report = await files.RunAsync<Shipment>(FileSource.FromStream(new MemoryStream(file.ToFile())), name, new() { MaxFailures = most }, CancellationToken.None);

                report.Fault.ShouldBeNull();
                report.Rows.ShouldBe(file.Rows.Length);
                report.BadRows.ShouldBe(expected.Count(static row => row.IsBad));
                report.Failures.ShouldBe(all.Take(most));
                report.Counts.ShouldBe(CountsOf(all));
                written.Failures.ShouldBe(report.Failures);
                written.Counts.ShouldBe(report.Counts);
                written.BadRows.ShouldBe(report.BadRows);
                Lines(failures).ShouldBe(all.Select(Told));
                Text(good).ShouldBe($"Country,NAME,p-i-n,other,amount\n{file.Written(i => !expected[i].IsBad)}");
                Text(bad).ShouldBe($"Country,NAME,p-i-n,other,amount\n{file.Written(i => expected[i].IsBad)}");
            },
            iter: iterations,
            threads: 1);
    }

    /// <summary>Those of reading in the order of columns, then those of rules as rows break them; elements of a collection together, with the first message.</summary>
    private static IEnumerable<FileRuleCount> CountsOf(FileFailure[] failures)
    {
        string[] ofReading = [" cell_count", "pin unreadable", "amount unreadable"];
        return failures
            .GroupBy(static failure => (Column: failure.Column?.Split('[')[0], failure.Code))
            .OrderBy(group => Array.IndexOf(ofReading, $"{group.Key.Column} {group.Key.Code}") is >= 0 and var place ? place : ofReading.Length)
            .Select(static group => new FileRuleCount(group.Key.Column, group.Key.Code, group.First().Message, group.Count()));
    }

    private static string Text(MemoryStream stream) => Encoding.UTF8.GetString(stream.ToArray());

    private static IEnumerable<string> Lines(MemoryStream stream) => Text(stream).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line =>
    {
        using var json = JsonDocument.Parse(line);
        return string.Join('|', new[] { "row", "line", "column", "code", "message", "value" }.Select(name => json.RootElement.TryGetProperty(name, out var value) ? value.ToString() : ""));
    });

    private static string Told(FileFailure failure) =>
        string.Create(CultureInfo.InvariantCulture, $"{failure.Row}|{failure.Line}|{failure.Column}|{failure.Code}|{failure.Message}|{failure.Value}");

    private void Register(IServiceCollection services) => services
        .AddLookup(Shipment.Countries)
        .AddLookup<string>("asked", FindAsync)
        .AddRuleSet("computed", Shipment.Computed)
        .AddRuleSet("awaited", Shipment.Awaited)
        .AddRuleSet("asking", RuleSet.For<Shipment>().Field(static row => row.Country, f => f.MustExistIn("asked")))
        .AddRuleSet("gated", RuleSet.For<Shipment>().Field(static row => row.Name, f => f.MaxLength(6).MustAsync(PassAsync)))
        .AddRuleSet("lost", RuleSet.For<Shipment>().Field(static row => row.Country, f => f.MustExistIn("planets")))
        .AddRuleSet("fragile", RuleSet.For<Fragile>().Field(static row => row.Number, f => f.Min(0)))
        .AddRecordValidator<Shipment>("none", static _ => new Fixed<Shipment>(static _ => null!))
        .AddRecordValidator<Shipment>("null", static _ => new Fixed<Shipment>(static count => [.. new ValidationReport[count]]))
        .AddRecordValidator<Shipment>("fewer", static _ => new Fixed<Shipment>(static count => [.. Enumerable.Repeat(ValidationReport.Clean, count - 1)]))
        .AddRecordValidator<Shipment>("more", static _ => new Fixed<Shipment>(static count => [.. Enumerable.Repeat(ValidationReport.Clean, count + 1)]))
        .AddRecordValidator<Shipment>("otherwise", static _ => new AlwaysWrong())
        .AddRecordValidator<Shipment>("broken", static _ => new Broken());

    private Task<FileReport> CheckAsync<T>(string rules, string file, FileValidationOptions? options = null) =>
        _three!.Client.Validation.ValidateFileAsync<T>(FileSource.FromStream(new MemoryStream(Encoding.UTF8.GetBytes(file))), rules, options);

    private async Task<bool> PassAsync(string? name, CancellationToken cancellationToken)
    {
        await _gate.PassAsync(cancellationToken);
        return true;
    }

    private ValueTask<IReadOnlySet<string>> FindAsync(IServiceProvider services, IReadOnlyCollection<string> values, CancellationToken cancellationToken)
    {
        foreach (var value in values)
        {
            _asked.Enqueue(value);
        }

        return new(values.Where(static value => value.Length == 3).ToHashSet());
    }

    private sealed class AlwaysWrong : IRecordValidator<Shipment>
    {
        public ValueTask<IReadOnlyList<ValidationReport>> ValidateAsync(IReadOnlyList<Shipment> records, RecordContext context, CancellationToken cancellationToken) =>
            new([.. records.Select(static _ => new ValidationReport { Failures = [new() { Path = "name", Code = "otherwise", Message = "no", Value = "shown" }] })]);
    }

    private sealed class Broken : IRecordValidator<Shipment>
    {
        public ValueTask<IReadOnlyList<ValidationReport>> ValidateAsync(IReadOnlyList<Shipment> records, RecordContext context, CancellationToken cancellationToken) => throw new IOException("no connection");
    }

    private sealed class Fixed<T>(Func<int, IReadOnlyList<ValidationReport>> reports) : IRecordValidator<T>
    {
        public ValueTask<IReadOnlyList<ValidationReport>> ValidateAsync(IReadOnlyList<T> records, RecordContext context, CancellationToken cancellationToken) => new(reports(records.Count));
    }

    private sealed record Fragile(int Number, Part Part);

    private readonly record struct Part(string Text) : ISpanParsable<Part>
    {
        public static Part Parse(ReadOnlySpan<char> text, IFormatProvider? provider) => new(text.ToString());

        public static bool TryParse(ReadOnlySpan<char> text, IFormatProvider? provider, out Part result)
        {
            result = text is "breaks" ? throw new InvalidOperationException("it breaks") : new(text.ToString());
            return true;
        }

        public static Part Parse(string text, IFormatProvider? provider) => new(text);

        public static bool TryParse(string? text, IFormatProvider? provider, out Part result) => TryParse(text.AsSpan(), provider, out result);
    }
}
