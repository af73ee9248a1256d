using System.Reflection;
using Google.Cloud.Functions.Hosting.Logging;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting;

/// <summary>Starts the server for the function of an assembly; the generated <c>Main</c> calls it.</summary>
public static class EntryPoint
{
    public const string FunctionTargetEnvironmentVariable = "FUNCTION_TARGET";

    public const string PortEnvironmentVariable = "PORT";

    /// <summary>Serves until the process is asked to stop; 0 then.</summary>
    public static async Task<int> StartAsync(Assembly functionAssembly, string[] args)
    {
        ArgumentNullException.ThrowIfNull(functionAssembly);

        // The port comes from PORT or --port alone; left in place, the variable would only cause a warning.
        Environment.SetEnvironmentVariable("ASPNETCORE_URLS", null);
        var host = Host.CreateDefaultBuilder()
            .ConfigureWebHostDefaults(web => Configure(web, functionAssembly, args ?? []))
            .Build();
        using (host)
        {
            await host.RunAsync();
        }

        return 0;
    }

    private static void Configure(IWebHostBuilder web, Assembly functionAssembly, string[] args)
    {
        web.ConfigureAppConfiguration(configuration => FunctionSettings.AddTo(configuration, args))
            .ConfigureLogging(logging => logging.ClearProviders().AddProvider(ConsoleLineProvider.ForEnvironment()))
            .ConfigureKestrel((context, kestrel) => FunctionSettings.From(context.Configuration).Listen(kestrel))
            .ConfigureServices((context, services) =>
                FunctionTarget.Find(functionAssembly, FunctionSettings.From(context.Configuration).Target).AddTo(services));

        var startups = Startups(functionAssembly);
        foreach (var startup in startups)
        {
            web.ConfigureAppConfiguration(startup.ConfigureAppConfiguration)
                .ConfigureLogging(startup.ConfigureLogging)
                .ConfigureServices(startup.ConfigureServices);
        }

        web.Configure((context, app) => FunctionPipeline.Build(context, app, startups));
    }

    private static FunctionsStartup[] Startups(Assembly assembly) =>
        [.. assembly.GetCustomAttributes<FunctionsStartupAttribute>()
            .OrderBy(attribute => attribute.Order)
            .ThenBy(attribute => attribute.StartupType.FullName, StringComparer.Ordinal)
            .Select(attribute => (FunctionsStartup)Activator.CreateInstance(attribute.StartupType)!)];
}
