using System.Globalization;
using Microsoft.AspNetCore.Http;
using PixelPipeline.Cli.Tests.Producing;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary>Shared caches that are not the operator's: mail proxies and company proxies are such.</summary>
[TestFixtureSource(typeof(CachingProxy), nameof(CachingProxy.Names))]
internal sealed class CacheTests(string cacheName)
{
    private const int Loads = 5;

    [Test]
    public async Task Pixel_BehindACache_IsARowForEachLoad()
    {
        var pipeline = await SharedPipeline.GetAsync();
        using var cache = await CachingProxy.StartAsync(cacheName, pipeline.Pixel.Port);

        await LoadAsync(new Uri(cache.Address, $"/pixel.png?user_id={cacheName}&type=open"));

        await pipeline.RowsAsync($"pixel_{cacheName}_{DateTime.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}", Loads);
    }

    [TestCase("no-store,max-age=0", null, Loads)] // the bucket's
    [TestCase("no-store,max-age=0", "max-age=0", Loads)] // where somebody between adds a header that has Varnish pass over no-store
    [TestCase("public, max-age=0", null, Loads)] // what Cloud CDN makes of it for everybody else
    [TestCase("public,max-age=3600", null, 1)] // the page script's
    [TestCase("public, max-age=0, s-maxage=86400, must-revalidate", null, 1)] // s-maxage speaks to every shared cache
    public async Task Header_BehindACache_LetsSoManyLoadsThrough(string cacheControl, string? surrogateControl, int expected)
    {
        var arrived = 0;
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            if (context.Request.Path == "/pixel.png")
            {
                Interlocked.Increment(ref arrived);
            }

            context.Response.Headers.CacheControl = cacheControl;
            if (surrogateControl is not null)
            {
                context.Response.Headers["Surrogate-Control"] = surrogateControl;
            }

            return context.Response.WriteAsync("x");
        });
        using var cache = await CachingProxy.StartAsync(cacheName, server.Address.Port);

        await LoadAsync(new Uri(cache.Address, "/pixel.png?user_id=cached"));

        Assert.That(arrived, Is.EqualTo(expected));
    }

    private static async Task LoadAsync(Uri address)
    {
        using var http = new HttpClient();
        for (var i = 0; i < Loads; i++)
        {
            using var answer = await http.GetAsync(address);
            Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        }
    }
}
