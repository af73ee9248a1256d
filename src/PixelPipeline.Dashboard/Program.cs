using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PixelPipeline.Dashboard;
using PixelPipeline.Dashboard.Service;
using PixelPipeline.GoogleCloud.BigQuery;

// The dashboard by itself, as deploy/up.sh puts it on Cloud Run behind Identity-Aware Proxy. On one machine the pixel
// command serves it.
const int UsualPort = 8080;
const int MaxRequestLineBytes = 32 * 1024; // a few filters by long texts

var builder = WebApplication.CreateSlimBuilder(args);
var options = new ServiceOptions();
builder.Configuration.GetSection("Dashboard").Bind(options);
if (options.Errors().ToList() is { Count: > 0 } errors)
{
    errors.ForEach(Console.Error.WriteLine);
    return 1;
}

builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = 0;
    kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
    kestrel.ListenAnyIP(builder.Configuration["PORT"] is { } port ? int.Parse(port, CultureInfo.InvariantCulture) : UsualPort);
});
await using var app = builder.Build();
using var client = BigQueryEndpoint.CreateClient(options.Project, emulatorHost: builder.Configuration[BigQueryEndpoint.EmulatorVariable]);
using var pages = new DashboardPages(client, options.ToDashboard(), app.Services.GetRequiredService<ILoggerFactory>());
app.UseIapOnly(options.Audience, builder.Configuration["Dashboard:KeysUrl"]);
pages.Map(app);
await app.RunAsync();
return 0;
