using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PixelPipeline.Functions.Tests.FrameworkContract;

// The one with the lower order runs first, wherever it stands.
[assembly: FunctionsStartup(typeof(SecondStartup), Order = 2)]
[assembly: FunctionsStartup(typeof(FirstStartup), Order = 1)]

namespace PixelPipeline.Functions.Tests.FrameworkContract;

/// <summary>Brings the services, a setting and the outer middleware.</summary>
public sealed class FirstStartup : FunctionsStartup
{
    internal const string NoDataVariable = "CONTRACT_NO_DATA";

    public override void ConfigureAppConfiguration(WebHostBuilderContext context, IConfigurationBuilder configuration) =>
        configuration.AddInMemoryCollection([new("from-startup", "startup value")]);

    public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services)
    {
        services.AddHttpContextAccessor().AddScoped<Seen>();
        if (context.Configuration[NoDataVariable] is not null)
        {
            services.AddSingleton<CloudEventFormatter, NoDataFormatter>();
        }
    }

    public override void Configure(WebHostBuilderContext context, IApplicationBuilder app) =>
        app.Use((request, next) =>
        {
            request.Response.Headers.Append("x-startups", "first");
            return next(request);
        });
}

/// <summary>Brings the inner middleware.</summary>
public sealed class SecondStartup : FunctionsStartup
{
    public override void Configure(WebHostBuilderContext context, IApplicationBuilder app) =>
        app.Use((request, next) =>
        {
            request.Response.Headers.Append("x-startups", "second");
            return next(request);
        });
}

/// <summary>Leaves every event without data.</summary>
public sealed class NoDataFormatter : JsonEventFormatter
{
    public override void DecodeBinaryModeEventData(ReadOnlyMemory<byte> body, CloudEvent cloudEvent)
    {
        // As an event without a body is decoded.
    }
}
