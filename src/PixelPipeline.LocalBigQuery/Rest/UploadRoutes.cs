using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Jobs;
using PixelPipeline.LocalBigQuery.Loads;
using PixelPipeline.LocalBigQuery.Loads.Uploads;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Rest;

/// <summary>
/// <c>jobs.insert</c> with a file (https://cloud.google.com/bigquery/docs/reference/api-uploads): resumable, as the .NET
/// client and <c>bq</c> send it, and multipart, as the Node client does.
/// </summary>
internal sealed class UploadRoutes(ScratchFolder folder, UploadSessions sessions, LoadJobs loads, JobRegister register, JobRoutes jobs)
{
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(500);

    /// <summary>Adds the endpoints, whose paths begin at the root.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])["/upload/bigquery/v2/projects/{project}/jobs", "/upload/projects/{project}/jobs"])
        {
            routes.MapPost(path, BeginAsync);
            routes.MapPut(path, ContinueAsync);
        }
    }

    private Task BeginAsync(HttpContext context) => context.Request.Query["uploadType"].ToString() switch
    {
        "resumable" => BeginSessionAsync(context),
        "multipart" => LoadAtOnceAsync(context),
        "" => jobs.InsertAsync(context),
        _ => throw ApiException.Invalid("The upload types resumable and multipart are offered.", "uploadType"),
    };

    private async Task BeginSessionAsync(HttpContext context)
    {
        var request = LoadRequest.OfUpload(Project(context), await JsonBody.ReadResourceAsync(context.Request));
        register.RequireFree(request.ProjectId, request.JobId, request.Location); // sooner than after the upload
        var session = sessions.Begin(request);
        var target = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.Path}";
        context.Response.Headers.Location = $"{target}?uploadType=resumable&upload_id={session.Id}";
        context.Response.Headers["X-GUploader-UploadID"] = session.Id;
    }

    private async Task ContinueAsync(HttpContext context)
    {
        TakeAnyLength(context);
        var session = sessions.Find(context.Request.Query["upload_id"].ToString());
        var range = ContentRange.Of(context.Request.Headers.ContentRange.ToString());
        if (await session.ReceiveAsync(range, context.Request.Body, loads, context.RequestAborted) is { } job)
        {
            await AnswerAsync(context, job);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect; // "Resume Incomplete" in this protocol
        if (session.Received > 0)
        {
            context.Response.Headers.Range = string.Create(CultureInfo.InvariantCulture, $"bytes=0-{session.Received - 1}");
        }
    }

    private async Task LoadAtOnceAsync(HttpContext context)
    {
        TakeAnyLength(context);
        var boundary = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) ? HeaderUtilities.RemoveQuotes(type.Boundary).ToString() : "";
        var file = new UploadFile(folder);
        LoadJob job;
        try
        {
            await file.AppendAsync(context.Request.Body, 0, context.RequestAborted);
            var resource = JsonBody.ParseResource(MultipartRelated.Split(file, boundary));
            job = loads.Start(LoadRequest.OfUpload(Project(context), resource), file);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        await AnswerAsync(context, job);
    }

    // A file may be larger than any other body, and come as slowly as its client makes it.
    private static void TakeAnyLength(HttpContext context)
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        context.Features.GetRequiredFeature<IHttpMinRequestBodyDataRateFeature>().MinDataRate = null;
    }

    private static async Task AnswerAsync(HttpContext context, LoadJob job)
    {
        await job.WaitAsync(ShortWait, context.RequestAborted);
        await context.WriteJsonAsync(JobResource.Full(context, job));
    }

    private static string Project(HttpContext context) => ResourceIds.Project((string?)context.GetRouteValue("project"));
}
