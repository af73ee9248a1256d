namespace PixelPipeline.LocalBigQuery.Storage;

/// <summary>The statements on <c>jobs</c>. Resources are REST Job resources as JSON, of jobs that are done.</summary>
internal static class JobCatalog
{
    /// <summary>The job's resource, or null. Ids are compared byte by byte.</summary>
    public static string? Find(SqlSession session, string projectId, string jobId) => session.First(
        "SELECT resource FROM jobs WHERE project_id = $1 AND job_id = $2", row => row.GetString(0), projectId, jobId);

    /// <summary>Whether there is such a job.</summary>
    public static bool Exists(SqlSession session, string projectId, string jobId) =>
        session.Integer("SELECT 1 FROM jobs WHERE project_id = $1 AND job_id = $2", projectId, jobId) is not null;

    /// <summary>The resources of the project's latest jobs, the latest first.</summary>
    public static List<string> Latest(SqlSession session, string projectId, int limit) => session.All(
        "SELECT resource FROM jobs WHERE project_id = $1 ORDER BY created_ms DESC, job_id DESC LIMIT $2",
        row => row.GetString(0),
        projectId,
        limit);

    /// <summary>Adds a job; false when there is one of that id.</summary>
    public static bool TryAdd(SqlSession session, string projectId, string jobId, long createdMs, string resource) => session.Execute(
        "INSERT OR IGNORE INTO jobs (project_id, job_id, created_ms, resource) VALUES ($1, $2, $3, $4)",
        projectId,
        jobId,
        createdMs,
        resource) == 1;

    /// <summary>Removes a job; false when there is none.</summary>
    public static bool Remove(SqlSession session, string projectId, string jobId) =>
        session.Execute("DELETE FROM jobs WHERE project_id = $1 AND job_id = $2", projectId, jobId) == 1;
}
