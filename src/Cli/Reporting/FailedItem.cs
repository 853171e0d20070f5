namespace Armature.Reporting;

/// <summary>An item that failed.</summary>
/// <param name="Item">What it is: for a file its path.</param>
/// <param name="Code">Why, for programs.</param>
/// <param name="Message">Why, for people.</param>
internal sealed record FailedItem(string Item, string Code, string Message);
