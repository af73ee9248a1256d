using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PixelPipeline.LocalBigQuery.Api;

namespace PixelPipeline.LocalBigQuery.Rest;

/// <summary>Serves the discovery document, which <c>bq</c> asks for before anything else.</summary>
internal static class DiscoveryRoutes
{
    /// <summary>Adds the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/$discovery/rest", AnswerAsync);
        routes.MapGet("/discovery/v1/apis/bigquery/v2/rest", AnswerAsync);
    }

    private static Task AnswerAsync(HttpContext context)
    {
        var version = context.Request.Query["version"].ToString();
        return version is "" or "v2"
            ? context.WriteJsonAsync(DiscoveryDocument.For($"{context.Request.Scheme}://{context.Request.Host}/"))
            : throw ApiException.NotFound("API version", version);
    }
}
