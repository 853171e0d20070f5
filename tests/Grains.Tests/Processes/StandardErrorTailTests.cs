using CsCheck;

namespace Armature.Processes;

public sealed class StandardErrorTailTests
{
    [Fact]
    public void ToString_AnyPieces_IsTheEndOfWhatWasAppended() =>
        Gen.Char.AlphaNumeric.Array[0, 3000].Array[0, 5].Sample(pieces =>
        {
            var tail = new StandardErrorTail();
            foreach (var piece in pieces)
            {
                tail.Append(System.Text.Encoding.UTF8.GetBytes(piece));
            }

            var all = string.Concat(pieces.Select(piece => new string(piece)));
            tail.ToString().ShouldBe(all[^Math.Min(all.Length, StandardErrorTail.MaxBytes)..]);
        });
}
