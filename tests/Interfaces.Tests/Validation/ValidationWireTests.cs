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

    public void Dispose() => _services.Dispose();

    private ValidationReport Copy(ValidationReport report)
    {
        var serializer = _services.GetRequiredService<Serializer>();
        return serializer.Deserialize<ValidationReport>(serializer.SerializeToArray(report))!;
    }
}
