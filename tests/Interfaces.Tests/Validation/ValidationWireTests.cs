using Armature.Validation.Records;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Armature.Validation;

public sealed class ValidationWireTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    [Fact]
    public void Serialize_AReport_IsReadAsItWas()
    {
        var report = RuleSet.For<Order>()
            .Field(order => order.Email, f => f.Email().Must(_ => throw new InvalidOperationException()).MaxLength(1).WithSeverity(ValidationSeverity.Info))
            .Validate(new("nobody"));

        Copy(report).Failures.ShouldBe(report.Failures);
        Copy(ValidationReport.Clean).Failures.ShouldBeEmpty();
    }

    [Fact]
    public void Serialize_AFormatAndLimits_AreReadAsTheyWere()
    {
        var format = new RecordFormat { Kind = RecordKind.Ndjson, Delimiter = ';', Quote = '\'', HasHeader = false, AllowsUnknownMembers = true };
        var limits = new RecordLimits { MaxRecordBytes = 1, MaxCellBytes = 2, MaxColumns = 3, MaxFileBytes = 4, MaxCompressionRatio = 5 };

        Copy(format).ShouldBe(format);
        Copy(limits).ShouldBe(limits);
    }

    [Fact]
    public void Serialize_AFaultOfAFile_KeepsItsCodeAndPlace()
    {
        var read = Copy(new RecordFileException(RecordFileCodes.NotText, 7, "why"));

        (read.Code, read.Offset, read.Message).ShouldBe((RecordFileCodes.NotText, 7, "why"));
    }

    public void Dispose() => _services.Dispose();

    private T Copy<T>(T value)
    {
        var serializer = _services.GetRequiredService<Serializer>();
        return serializer.Deserialize<T>(serializer.SerializeToArray(value))!;
    }
}
