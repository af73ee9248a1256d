using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PixelPipeline.Local.BigQuery.Rest;

/// <summary>
/// The methods of <c>jobs</c> (https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs). Answers 501
/// <c>notImplemented</c>: rows are read with <c>tabledata.list</c>.
/// </summary>
internal static class QueryRoutes
{
    /// <summary>Adds the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/projects/{project}/queries", Refuse);
        routes.MapGet("/projects/{project}/queries/{job}", Refuse);
        routes.MapGet("/projects/{project}/jobs", Refuse);
        routes.MapPost("/projects/{project}/jobs", Refuse);
        routes.MapPost("/upload/bigquery/v2/projects/{project}/jobs", Refuse);
        routes.MapGet("/projects/{project}/jobs/{job}", Refuse);
        routes.MapPost("/projects/{project}/jobs/{job}/cancel", Refuse);
        routes.MapDelete("/projects/{project}/jobs/{job}/delete", Refuse);
    }

    private static Task Refuse(HttpContext context) => throw new ApiException(
        StatusCodes.Status501NotImplemented, "notImplemented", "The local BigQuery runs no queries.");
}
