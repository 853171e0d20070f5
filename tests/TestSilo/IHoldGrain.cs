namespace Armature.TestSilo;

/// <summary>One activation is a place where a call can be held up. The key is any number.</summary>
[Alias("armature.test-silo.hold-grain")]
public interface IHoldGrain : IGrainWithIntegerKey
{
    /// <summary>The silo of this activation, as a parsable string.</summary>
    [Alias("GetSiloAsync")]
    Task<string> GetSiloAsync();

    /// <summary>Answers after a time.</summary>
    [Alias("HoldAsync")]
    Task HoldAsync(TimeSpan time);
}
