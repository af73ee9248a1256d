using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PixelPipeline.Functions.Collecting;

namespace PixelPipeline.Functions.Tests.Collecting;

/// <summary>The collector served on loopback, and a topic that answers as a test says.</summary>
internal sealed class RunningCollector : IAsyncDisposable
{
    private readonly WebApplication _topic;
    private readonly WebApplication _collector;

    private RunningCollector(WebApplication topic, WebApplication collector)
    {
        _topic = topic;
        _collector = collector;
        Http.BaseAddress = new Uri(collector.Urls.Single());
    }

    public HttpClient Http { get; } = new();

    /// <summary>The log entries that were published.</summary>
    public List<JsonElement> Published { get; private init; } = [];

    public static async Task<RunningCollector> StartAsync(
        Dictionary<string, string?>? settings = null, Func<HttpStatusCode>? topicAnswers = null, string? schemaFile = null)
    {
        var published = new List<JsonElement>();
        var topic = await ServeAsync(_ => { }, app => app.MapPost("/v1/projects/test/topics/hits:publish", async context =>
        {
            context.Response.StatusCode = (int)(topicAnswers?.Invoke() ?? HttpStatusCode.OK);
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            if (context.Response.StatusCode == StatusCodes.Status200OK)
            {
                published.AddRange(body.RootElement.GetProperty("messages").EnumerateArray().Select(m => JsonElement.Parse(m.GetProperty("data").GetBytesFromBase64())));
            }
        }));
        var all = new Dictionary<string, string?>
        {
            ["Collect:Topic"] = "projects/test/topics/hits",
            ["PUBSUB_EMULATOR_HOST"] = topic.Urls.Single(),
            ["Pixel:SchemaFile"] = schemaFile,
        };
        foreach (var (name, value) in settings ?? [])
        {
            all[$"Collect:{name}"] = value;
        }

        var collector = await ServeAsync(
            services => services.AddScoped<CollectFunction>().AddCollector(new ConfigurationBuilder().AddInMemoryCollection(all).Build()),
            app => app.Run(context => context.RequestServices.GetRequiredService<CollectFunction>().HandleAsync(context)));
        return new RunningCollector(topic, collector) { Published = published };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _collector.DisposeAsync();
        await _topic.DisposeAsync();
    }

    private static async Task<WebApplication> ServeAsync(Action<IServiceCollection> add, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        add(builder.Services);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }
}
