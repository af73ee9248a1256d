namespace PixelPipeline.Cli.Doctor;

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
