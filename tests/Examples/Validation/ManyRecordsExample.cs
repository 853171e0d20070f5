using Armature;
using Armature.Batching;
using Armature.Validation;

namespace Examples.Validation;

/// <summary>Many records, as docs/validation.md has them.</summary>
[Collection(HostedExamples.Name)]
public sealed class ManyRecordsExample(ExampleHost host)
{
    private static readonly Contact[] Contacts = [new("ada@example.com", "GB"), new("nobody", "GB"), new("bob@example.com", "Germany")];

    private readonly ArmatureClient _client = host.Client;

    [Fact]
    public async Task ValidateManyAsync_RecordsByTheNameOfTheirRules_ReportsInTheirOrder()
    {
        BatchResult<ValidationReport> result = await _client.Validation.ValidateManyAsync("contact", Contacts);

        result[0].Value.IsValid.ShouldBeTrue();
        result[1].Value.Failures[0].Code.ShouldBe("email");
        result[2].Value.Failures[0].Message.ShouldBe("country must have a length of 2.");
    }

    [Fact]
    public async Task StreamAsync_RecordsAsTheyAreRead_ReportsAsTheyAreDone()
    {
        var bad = new List<int>();
        await foreach (BatchItem<ValidationReport> item in _client.Validation.StreamAsync("contact", Contacts.ToAsyncEnumerable()))
        {
            if (!item.Value.IsValid)
            {
                bad.Add(item.Index);
            }
        }

        bad.Order().ShouldBe([1, 2]);
    }

    [Fact]
    public async Task ValidateManyAsync_RulesAsAnObject_RunsInThisProcess()
    {
        IReadOnlyList<ValidationReport> reports = await ContactRules.All.ValidateManyAsync(Contacts);

        reports.Count(report => report.IsValid).ShouldBe(1);
    }
}
