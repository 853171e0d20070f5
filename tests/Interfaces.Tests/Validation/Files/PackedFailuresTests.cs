using System.Text;

namespace Armature.Validation.Files;

public sealed class PackedFailuresTests
{
    [Fact]
    public void Read_WhatWasAdded_IsAsItWas()
    {
        var packed = new PackedFailures();
        packed.Add(1, 2, 3, 0, "é"u8, hasValue: true);
        packed.Add(4, 5, 6, long.MaxValue, ""u8, hasValue: true);
        packed.Add(7, 8, 9, 0, default, hasValue: false);

        var read = PackedFailures.Read(packed.Take()).ToArray();

        read.Select(failure => (failure.Record, failure.Line, failure.Rule, failure.FirstRow)).ShouldBe([(1, 2, 3, 0), (4, 5, 6, long.MaxValue), (7, 8, 9, 0)]);

        // No value is something else than an empty one.
        read.Select(failure => failure.Value is { } value ? Encoding.UTF8.GetString(value.Span) : null).ShouldBe(["é", "", null]);
        PackedFailures.Read(packed.Take()).ShouldBeEmpty();
    }
}
