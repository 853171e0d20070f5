using Armature.Validation;

namespace Examples.Validation;

/// <summary>Lookups, as docs/validation.md has them.</summary>
[Collection(HostedExamples.Name)]
public sealed class LookupExample(ExampleHost host)
{
    [Fact]
    public async Task ValidateManyAsync_ManyRecords_LooksThemUpTogether()
    {
        Sale[] sales = [new(1), new(500), new(2)];

        var result = await host.Client.Validation.ValidateManyAsync("sale", sales);

        result.Select(item => item.Value.IsValid).ShouldBe([true, false, true]);
        result[1].Value.Failures[0].Message.ShouldBe("customerId is not among customers.");
    }

    [Fact]
    public async Task ValidateAsync_OneRecord_LooksItUp()
    {
        ValidationReport report = await SaleRules.All.ValidateAsync(new(500));

        report.Failures[0].Code.ShouldBe("exists");
    }
}
