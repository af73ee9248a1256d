namespace PixelPipeline.Cli.Doctor;

/// <summary>One stage of a hit's way.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="LookAsync">Looks whether the hit came this far.</param>
internal sealed record Hop(string Name, Func<CancellationToken, Task<Finding>> LookAsync);

/// <summary>What became of a hit at one hop.</summary>
/// <param name="Hop">The hop's name.</param>
/// <param name="State">Passed, broken, or behind the broken one.</param>
/// <param name="Time">Since the hit was sent; null where the hop was not looked at.</param>
/// <param name="Detail">What was seen, or the likely cause.</param>
/// <param name="Remedy">The command that mends it; null where nothing is broken.</param>
internal sealed record HopReport(string Hop, HopState State, TimeSpan? Time, string Detail, string? Remedy);

/// <summary>How a hop is.</summary>
internal enum HopState
{
    /// <summary>The hit came through.</summary>
    Passed,

    /// <summary>The hit ended here.</summary>
    Broken,

    /// <summary>It lies behind the broken one.</summary>
    NotReached,
}
