using System.Text.Json;
using Armature.Hosting;

namespace Armature.Validation.Tables;

/// <summary>A place in the JSON of a schema, and what may be read there. What cannot be read is a violation and reads as nothing.</summary>
internal readonly struct SpecNode(JsonElement element, string pointer, Violations violations)
{

    public JsonElement Element => element;

    public string Pointer => pointer;

    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    public void Refuse(string message) => violations.Add(pointer, message);

    public SpecNode? Member(string name) =>
        element.TryGetProperty(name, out var member) ? new SpecNode(member, $"{pointer}/{Escape(name)}", violations) : null;

    /// <summary>Refuses the members that have none of these names. Those of others, with a colon or x- in front, are left alone.</summary>
    public void KnowOnly(IReadOnlyCollection<string> names, IReadOnlyCollection<string> elsewhere, string owner)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (names.Contains(member.Name) || IsOthers(member.Name))
            {
                continue;
            }

            var message = elsewhere.Contains(member.Name)
                ? $"does not apply to {owner}. Allowed are {string.Join(", ", names)}."
                : $"is not a keyword of {owner}.{Meant(member.Name, names)} Properties of your own have a colon in their name, or begin with x-.";
            violations.Add($"{pointer}/{Escape(member.Name)}", message);
        }
    }

    public string? Text(string name) => Member(name)?.AsText();

    public bool Flag(string name, bool otherwise)
    {
        if (Member(name) is not { } member)
        {
            return otherwise;
        }

        if (member.Element.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return member.Element.GetBoolean();
        }

        member.Refuse($"must be true or false, not {member.Shown()}.");
        return otherwise;
    }

    public int? Length(string name)
    {
        if (Member(name) is not { } member)
        {
            return null;
        }

        if (member.Element.ValueKind == JsonValueKind.Number && member.Element.TryGetInt32(out var length) && length >= 0)
        {
            return length;
        }

        member.Refuse($"must be a whole number from 0 to {int.MaxValue}, not {member.Shown()}.");
        return null;
    }

    public string? AsText()
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return element.GetString();
        }

        Refuse($"must be a string, not {Shown()}.");
        return null;
    }

    /// <summary>The elements of an array; none, with a violation, when it is something else.</summary>
    public IEnumerable<SpecNode> Elements()
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            Refuse($"must be an array, not {Shown()}.");
            return [];
        }

        var (at, found) = (pointer, violations);
        return element.EnumerateArray().Select((item, index) => new SpecNode(item, $"{at}/{index}", found));
    }

    /// <summary>An array of strings of which none is there twice.</summary>
    public string[] Texts()
    {
        var texts = Elements().Select(static item => item.AsText()).OfType<string>().ToArray();
        if (texts.Distinct(StringComparer.Ordinal).Count() < texts.Length)
        {
            Refuse("must not have the same string twice.");
        }

        return texts;
    }

    public SpecValue AsValue() => new(element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText(), element.ValueKind, pointer);

    /// <summary>The value as a message shows it.</summary>
    public string Shown() => Shorten(element.GetRawText());

    /// <summary>A text of the schema as a message shows it: its beginning.</summary>
    public static string Shorten(string text)
    {
        const int MaxShown = 80;
        return text.Length <= MaxShown ? text : $"{text.AsSpan(0, MaxShown)}...";
    }

    /// <summary>A sentence that says which name was meant; empty when none is near.</summary>
    public string Meant(string word, IEnumerable<string> names) => violations.IsFull ? "" : NearestTo(word, names);

    /// <inheritdoc cref="Meant"/>
    public static string NearestTo(string word, IEnumerable<string> names)
    {
        // Comparing takes as long as both are, and longer words are no misspellings.
        const int MaxLength = 64;
        const int MaxNames = 1_000;
        return word.Length <= MaxLength && NearestName.Find(word, names.Take(MaxNames).Where(static name => name.Length <= MaxLength)) is { } nearest ? $" Did you mean {nearest}?" : "";
    }

    private static bool IsOthers(string name) =>
        name.StartsWith("x-", StringComparison.Ordinal) || (name.Contains(':', StringComparison.Ordinal) && !name.StartsWith("armature:", StringComparison.Ordinal));

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
