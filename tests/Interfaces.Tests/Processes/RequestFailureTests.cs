namespace Armature.Processes;

public sealed class RequestFailureTests
{
    [Theory]
    [InlineData("bad_flux", "too weak\nand too late")]
    [InlineData("bad_flux", "")]
    public void FromPayload_OfToPayload_IsTheSame(string code, string message) =>
        RequestFailure.FromPayload(new RequestFailure(code, message).ToPayload()).ShouldBe(new RequestFailure(code, message));

    [Fact]
    public void FromPayload_NoCode_HasTheGeneralOne() =>
        RequestFailure.FromPayload("\nsomething"u8).ShouldBe(new RequestFailure(RequestFailure.Failed, "something"));

    [Fact]
    public void FromPayload_OneLine_IsACodeAlone() =>
        RequestFailure.FromPayload("bad_flux"u8).ShouldBe(new RequestFailure("bad_flux", ""));

    [Fact]
    public void FromPayload_LongMessage_IsCut() =>
        RequestFailure.FromPayload(System.Text.Encoding.UTF8.GetBytes("code\n" + new string('m', 5000)))
            .Message.Length.ShouldBe(RequestFailure.MaxMessageLength);
}
