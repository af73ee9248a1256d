using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace Google.Cloud.Functions.Hosting;

/// <summary>Where to listen and what to serve: from the variables, and over them from the command line.</summary>
internal sealed record FunctionSettings(string? Target, int Port, IPAddress Address)
{
    private const string TargetKey = "FunctionsFramework:FunctionTarget";
    private const string PortKey = "FunctionsFramework:Port";
    private const string AddressKey = "FunctionsFramework:Address";

    private static readonly Dictionary<string, string> Switches = new() { ["--target"] = TargetKey, ["--port"] = PortKey };

    internal static void AddTo(IConfigurationBuilder configuration, string[] args)
    {
        var inContainer = Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER") == "true";
        var variables = new Dictionary<string, string?>
        {
            [TargetKey] = Environment.GetEnvironmentVariable(EntryPoint.FunctionTargetEnvironmentVariable),
            [PortKey] = Environment.GetEnvironmentVariable(EntryPoint.PortEnvironmentVariable),
            [AddressKey] = inContainer ? IPAddress.Any.ToString() : null,
        };
        configuration.AddInMemoryCollection(variables.Where(variable => !string.IsNullOrEmpty(variable.Value)));

        // A lone argument is the target.
        configuration.AddCommandLine(args.Length == 1 ? ["--target", args[0]] : args, Switches);
    }

    /// <exception cref="InvalidOperationException">The port or the address does not parse.</exception>
    internal static FunctionSettings From(IConfiguration configuration) => new(
        configuration[TargetKey],
        configuration[PortKey] is { } port ? ParsePort(port) : 8080,
        configuration[AddressKey] is { } address ? IPAddress.Parse(address) : IPAddress.Loopback);

    internal void Listen(KestrelServerOptions kestrel) => kestrel.Listen(Address, Port);

    private static int ParsePort(string port) =>
        int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= IPEndPoint.MaxPort
            ? number
            : throw new InvalidOperationException($"'{port}' is not a port: set PORT or --port to a number from 0 to 65535.");
}
