using Orleans.Runtime;

namespace Armature.Hosting;

public sealed class StartFailureTests
{
    [Fact]
    public void Describe_OrleansRefusesItsConfiguration_SaysWhichSectionToLeaveOut() =>
        StartFailure.Describe(new OrleansConfigurationException("No clustering.")).ShouldNotBeNull().ShouldContain("No clustering. Leave the section Orleans");

    [Fact]
    public void Describe_FailureThatNobodyExpects_KeepsItsStackTrace() => StartFailure.Describe(new NotSupportedException()).ShouldBeNull();
}
