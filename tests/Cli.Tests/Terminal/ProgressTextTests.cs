using Armature.Batching;

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

    [Theory]
    [InlineData("S127.0.0.1:11111:154526988")]
    [InlineData("127.0.0.1:11111@154526988")]
    public void Silo_Address_IsWrittenWithoutItsGeneration(string silo) =>
        ProgressText.Silo(new SiloProgress(silo, 2, 1_500)).ShouldBe("127.0.0.1:11111 works on 2, has done 1,500");
}
