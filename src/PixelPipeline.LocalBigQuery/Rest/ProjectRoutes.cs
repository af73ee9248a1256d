using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using PixelPipeline.LocalBigQuery.Api;

namespace PixelPipeline.LocalBigQuery.Rest;

/// <summary><c>projects.list</c> (https://cloud.google.com/bigquery/docs/reference/rest/v2/projects/list): the one project.</summary>
internal sealed class ProjectRoutes(string projectId)
{
    /// <summary>Adds the endpoint.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/projects", context => context.WriteJsonAsync(new JsonObject
    {
        ["kind"] = "bigquery#projectList",
        ["projects"] = new JsonArray(new JsonObject
        {
            ["kind"] = "bigquery#project",
            ["id"] = projectId,
            ["numericId"] = "1",
            ["projectReference"] = new JsonObject { ["projectId"] = projectId },
            ["friendlyName"] = projectId,
        }),
        ["totalItems"] = 1,
    }));
}
