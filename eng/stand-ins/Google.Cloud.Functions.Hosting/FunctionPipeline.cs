using Google.Cloud.Functions.Framework;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting;

/// <summary>The way of a request: the startups' middleware, the two paths of browsers, the function.</summary>
internal static class FunctionPipeline
{
    internal static void Build(WebHostBuilderContext context, IApplicationBuilder app, IEnumerable<FunctionsStartup> startups)
    {
        foreach (var startup in startups)
        {
            startup.Configure(context, app);
        }

        app.Map("/robots.txt", NotFound);
        app.Map("/favicon.ico", NotFound);
        app.Run(request => request.RequestServices.GetRequiredService<IHttpFunction>().HandleAsync(request));

        app.ApplicationServices.GetRequiredService<ILoggerFactory>()
            .CreateLogger(typeof(EntryPoint))
            .LogInformation("Serving function {Function}", app.ApplicationServices.GetRequiredService<FunctionTarget>().Function);
    }

    private static void NotFound(IApplicationBuilder app) => app.Run(context =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
