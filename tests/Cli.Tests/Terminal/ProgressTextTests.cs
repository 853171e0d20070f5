namespace Armature.Terminal;

public sealed class ProgressTextTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(59.7, "1 min 0 s")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(12_000, "3 h 20 min")]
    public void Duration_Time_IsRough(double seconds, string text) => ProgressText.Duration(TimeSpan.FromSeconds(seconds)).ShouldBe(text);
}
