using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary>Health, and the OpenAPI document.</summary>
public class DescribingItself(Deployment deployment) : AcceptanceTest(deployment)
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_healthy_host_says_so_to_anybody(string path)
    {
        Assert.Equal("application/json", (await Anybody.GetAsync(path)).Is(200).ContentType);
        Assert.Empty((await Anybody.SendAsync(HttpMethod.Head, path)).Is(200).Body);
    }

    [Fact]
    public async Task The_OpenAPI_document_lists_every_path_with_its_methods()
    {
        var document = (await Anybody.GetAsync("/openapi/v1.json")).Is(200);

        Assert.StartsWith("3.", document.Text("/openapi"), StringComparison.Ordinal);
        Assert.NotEmpty(document.Text("/info/title"));
        Lists("/api/rule-sets", "get");
        Lists("/api/rule-sets/{name}", "get", "put");
        Lists("/api/rule-sets/{name}/runs", "post");
        Lists("/api/interventions", "post");
        Lists("/api/tasks", "get", "post");
        Lists("/api/runs", "get");
        Lists("/api/runs/{id}", "get");
        Lists("/api/runs/{id}/log", "get");
        Lists("/api/runs/{id}/cancel", "post");
        Lists("/api/runs/{id}/retry", "post");
        Lists("/api/tasks/{id}", "get");
        Lists("/api/tasks/{id}/schema", "get");
        Lists("/api/tasks/{id}/responses", "post");
        Lists("/api/tasks/{id}/cancel", "post");
        Lists("/api/tasks/{id}/reject", "post");
        Lists("/api/tasks/{id}/link", "post");
        Lists("/review/{token}", "get", "post");
        Lists("/health/live", "get");
        Lists("/health/ready", "get");

        void Lists(string path, params string[] methods)
        {
            var paths = document["/paths"]!.AsObject().ToDictionary(entry => entry.Key.TrimEnd('/'), entry => entry.Value);
            Assert.True(paths.ContainsKey(path), $"{path} is not among {string.Join(", ", paths.Keys)}");
            paths[path].MustHave(methods);
        }
    }
}
