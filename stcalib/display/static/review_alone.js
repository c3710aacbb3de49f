export default { render: renderReview };
