using System.Globalization;
using PixelPipeline.GoogleCloud.PubSub;
using PixelPipeline.Local.FunctionHost;
using PixelPipeline.Loopback;

namespace PixelPipeline.Local;

/// <summary>How the collector is run on this machine: the function that is deployed, publishing to the local topic.</summary>
internal static class LocalCollector
{
    /// <summary>Local pages may post, whichever port serves them; the load balancer refuses all others.</summary>
    private const string LocalOrigins = "http://localhost:*,http://127.0.0.1:*,http://[::1]:*,https://localhost:*";

    /// <summary>The process. Keys and other settings come from this process's environment, <c>Collect__Keys</c> among them.</summary>
    /// <param name="options">The pipeline that it is a part of.</param>
    /// <param name="topic">The topic's full name.</param>
    /// <param name="topicPort">Where the topic takes messages, on 127.0.0.1.</param>
    public static FunctionProcessOptions ProcessOptions(LocalPipelineOptions options, string topic, int topicPort) => new()
    {
        AssemblyPath = options.FunctionAssembly,
        Port = options.CollectPort ?? LoopbackPort.Free(),
        Target = "PixelPipeline.Functions.CollectFunction",
        PidFile = Path.Combine(options.Data.Root, "collector.pid"),
        Environment = new Dictionary<string, string>(options.Settings.Variables.Concat(options.CollectSettings))
        {
            ["Collect__Topic"] = topic,
            ["Collect__Origins"] = LocalOrigins,
            ["Collect__Open"] = "true", // only this machine reaches it
            [PubSubEndpoint.EmulatorVariable] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{topicPort}"),
        },
    };
}
