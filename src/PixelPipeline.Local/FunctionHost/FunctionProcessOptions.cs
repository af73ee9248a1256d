namespace PixelPipeline.Local.FunctionHost;

/// <summary>How the function is run.</summary>
internal sealed record FunctionProcessOptions
{
    /// <summary>The built <c>PixelPipeline.Functions.dll</c>.</summary>
    public required string AssemblyPath { get; init; }

    /// <summary>The port on loopback that it serves, 1 to 65,535.</summary>
    public required int Port { get; init; }

    /// <summary>The function's class, as <c>FUNCTION_TARGET</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Its settings, over those that it inherits from this process's environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Told which entries became no event rows; null to log these lines as all others.</summary>
    public Action<FunctionLogLine>? Dropped { get; init; }

    /// <summary>Where the process's id is kept, so that a later run finds one that outlived its parent.</summary>
    public required string PidFile { get; init; }
}
