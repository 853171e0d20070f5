using System.ComponentModel.DataAnnotations;

namespace Armature.Batching;

public sealed class BatchSpecCheckTests
{
    private static readonly BatchSpec Good = new() { Handler = "handler", ItemType = "item", ResultType = "result" };

    [Fact]
    public void Check_WhatAClientSends_Passes() =>
        BatchSpecCheck.Check(Good with { ItemTimeout = TimeSpan.FromSeconds(1), MaxAttempts = 1 });

    [Fact]
    public void Check_TimeoutOrAttemptsOutOfTheirRange_IsRefused()
    {
        Should.Throw<ValidationException>(() => BatchSpecCheck.Check(Good with { ItemTimeout = TimeSpan.FromSeconds(-5) }));
        Should.Throw<ValidationException>(() => BatchSpecCheck.Check(Good with { MaxAttempts = 0 }));
    }

    [Fact]
    public void Check_NoName_IsRefused() => Should.Throw<ArgumentException>(() => BatchSpecCheck.Check(Good with { Handler = "" }));
}
