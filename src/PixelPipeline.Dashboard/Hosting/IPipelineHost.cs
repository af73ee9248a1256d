namespace PixelPipeline.Dashboard.Hosting;

/// <summary>What whoever runs the pipeline knows of it and can do with it, beyond what BigQuery tells.</summary>
public interface IPipelineHost
{
    /// <summary>How the pipeline is now. It is asked with each reading, so it should take milliseconds.</summary>
    /// <exception cref="PipelineHostException">It cannot be told.</exception>
    Task<PipelineState> LookAsync(CancellationToken cancellationToken);

    /// <summary>Sends a marked hit and follows it to its row: what each hop says, in their order.</summary>
    /// <exception cref="PipelineHostException">It cannot be sent.</exception>
    Task<IReadOnlyList<HopCheck>> ExamineAsync(CancellationToken cancellationToken);

    /// <summary>Runs rejected entries through today's schema and writes those that are events now; again, it changes nothing.</summary>
    /// <param name="reason">Only those rejected for it: a reason's label; null for all.</param>
    /// <param name="cancellationToken">Gives up; what is written stays.</param>
    /// <exception cref="PipelineHostException">It cannot be done.</exception>
    Task<ReplayResult> ReplayAsync(string? reason, CancellationToken cancellationToken);
}
