using Armature.Validation;

namespace Examples.Validation;

/// <summary>Registered on the silos: <c>builder.Services.AddRuleSet("contact", ContactRules.All)</c>.</summary>
public static class ContactRules
{
    public static RuleSet<Contact> All { get; } = RuleSet.For<Contact>()
        .Field(c => c.Email, f => f.NotEmpty().Email())
        .Field(c => c.Country, f => f.Length(2));
}
