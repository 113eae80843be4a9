mod applications;
