namespace PixelPipeline.Cli.Doctor;

/// <summary>One stage of a hit's way.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="LookAsync">Looks whether the hit came this far.</param>
internal sealed record Hop(string Name, Func<CancellationToken, Task<Finding>> LookAsync);
