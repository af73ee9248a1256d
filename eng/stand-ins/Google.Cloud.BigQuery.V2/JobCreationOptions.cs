using Google.Apis.Bigquery.v2.Data;

namespace Google.Cloud.BigQuery.V2;

/// <summary>What all jobs have: their name and where they run.</summary>
public abstract class JobCreationOptions
{
    /// <summary>The client's project unless set.</summary>
    public string ProjectId { get; set; }

    /// <summary>What the id begins with that is made where <see cref="JobId"/> is null; "job_" unless set.</summary>
    public string JobIdPrefix { get; set; }

    /// <summary>The id. A second job of the same id is refused, which makes it safe to send a job again.</summary>
    public string JobId { get; set; }

    /// <summary>The client's default location unless set.</summary>
    public string JobLocation { get; set; }

    public IDictionary<string, string> Labels { get; set; }

    internal Job NewJob(BigQueryClient client, JobConfiguration configuration)
    {
        configuration.Labels = Labels?.Count > 0 ? Labels : null;
        return new Job { Configuration = configuration, JobReference = NewReference(client) };
    }

    private JobReference NewReference(BigQueryClient client)
    {
        if (JobId is not null && JobIdPrefix is not null)
        {
            throw new ArgumentException("A job has an id or a prefix for one, not both.");
        }

        var id = JobId ?? $"{JobIdPrefix ?? "job_"}{Guid.NewGuid():D}".Replace('-', '_');
        return client.GetJobReference(ProjectId ?? client.ProjectId, id, JobLocation ?? client.DefaultLocation);
    }
}
