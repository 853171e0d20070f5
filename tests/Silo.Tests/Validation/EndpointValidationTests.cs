using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Armature.Validation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Armature.Silo.Validation;

/// <summary>Endpoints of a real server.</summary>
public sealed class EndpointValidationTests : IAsyncLifetime
{
    private static readonly RuleSet<Form> Rules = RuleSet.For<Form>()
        .Field(form => form.Email, f => f.NotEmpty().Email().MustAsync((email, _) => Task.FromResult(email != "taken@example.com"), "email_taken"))
        .Field(form => form.Age, f => f.InRange(18, 130))
        .Field(form => form.Name, f => f.MaxLength(3).WithSeverity(ValidationSeverity.Warning));

    private readonly WebApplication _app;
    private readonly HttpClient _http = new();
    private int _called;

    public EndpointValidationTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/forms", (Form? form) => $"{form!.Email} {Interlocked.Increment(ref _called)}").WithValidation(Rules);
    }

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync();
        _http.BaseAddress = new(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Post_RulesKept_CallsTheEndpoint()
    {
        var answer = await _http.PostAsJsonAsync("/forms", new Form("a@example.com", 18, "long name"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        _called.ShouldBe(1);
    }

    [Fact]
    public async Task Post_RulesBroken_AnswersWithProblemDetailsInTheOrderOfTheRules()
    {
        var answer = await _http.PostAsJsonAsync("/forms", new Form("taken@example.com", 17, "<b>"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("status").GetInt32().ShouldBe(400);
        problem.GetProperty("errors").GetProperty("age")[0].GetString().ShouldBe("age must be from 18 to 130.");
        problem.GetProperty("failures").EnumerateArray().Select(failure => failure.GetProperty("code").GetString()).ShouldBe(["email_taken", "range"]);
        _called.ShouldBe(0);
    }

    [Fact]
    public async Task Post_Nothing_SaysWhatIsNeeded()
    {
        var answer = await _http.PostAsync("/forms", null);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("errors").GetProperty("")[0].GetString().ShouldBe("The value is missing.");
        problem.GetProperty("failures").EnumerateArray().ShouldHaveSingleItem().GetProperty("code").GetString().ShouldBe("required");
        _called.ShouldBe(0);
    }

    [Fact]
    public void WithValidation_NoSuchParameter_SaysSoWhenTheEndpointIsBuilt()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.MapPost("/other", (string text) => text).WithValidation(Rules);

        var thrown = Should.Throw<InvalidOperationException>(() => ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).ToList());

        thrown.Message.ShouldContain("has 0 parameters of that type; it needs one");
    }

    private sealed record Form(string? Email, int Age, string? Name);
}
